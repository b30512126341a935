import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ProblemPage } from '../../api/problem-page.tsx';
import { useWords } from '../../text/use-words.ts';
import { announce } from '../../ui/announce.ts';
import { Breadcrumbs } from '../../ui/breadcrumbs.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { FormActions } from '../../ui/form.tsx';
import { Page } from '../../ui/page-layout.tsx';
import { SkeletonPage } from '../../ui/skeleton.tsx';
import { accessKeyOf } from '../key-queries.ts';
import { CredentialsCard } from '../page/credentials-card.tsx';
import { FirstCallCard } from '../page/first-call-card.tsx';

type KeyAddedProps = { id: number; onAddAnother: () => void };

/** The end of the wizard: what the program needs, and a first call to paste into a terminal. */
export function KeyAdded({ id, onAddAnother }: KeyAddedProps) {
  const words = useWords();
  const title = words('accessKeys.added.title');
  const { data, error, refetch } = useQuery(accessKeyOf(id));
  useEffect(() => {
    document.getElementById('main')?.focus({ preventScroll: true });
    announce(title);
  }, [title]);
  if (error !== null && data === undefined)
    return <ProblemPage level={1} error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonPage />;
  return (
    <Page
      form="reading"
      title={title}
      above={<Breadcrumbs steps={[{ label: words('accessKeys.title'), href: '/access-keys' }, { label: title }]} />}
      lead={words('accessKeys.added.lead', { name: data.name })}
    >
      <CredentialsCard accessKey={data} />
      <FirstCallCard accessKey={data} />
      <FormActions>
        <Button onPress={onAddAnother}>{words('accessKeys.added.another')}</Button>
        <ButtonLink variant="primary" href={`/access-keys/${id}`}>
          {words('accessKeys.added.open')}
        </ButtonLink>
      </FormActions>
    </Page>
  );
}

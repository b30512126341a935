import type { AccessKey } from '@arca/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useLocation, useSearchParams } from 'wouter';
import { arca } from '../api/arca.ts';
import { ProblemBanner } from '../api/problem-banner.tsx';
import { ProblemPage } from '../api/problem-page.tsx';
import { keyOf } from '../api/query-keys.ts';
import { useFormProblems } from '../api/use-form-problems.ts';
import { useSession } from '../session/use-session.ts';
import { useWords } from '../text/use-words.ts';
import { Banner } from '../ui/banner.tsx';
import { Breadcrumbs } from '../ui/breadcrumbs.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Form, FormActions } from '../ui/form.tsx';
import { Page } from '../ui/page-layout.tsx';
import { SkeletonPage } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import styles from './change-key-page.module.css';
import { ApplicationFields } from './fields/application-fields.tsx';
import { DataFields } from './fields/data-fields.tsx';
import { PeriodFields } from './fields/period-fields.tsx';
import { SecurityFields } from './fields/security-fields.tsx';
import { forgetValues, keptValues, useKeptValues } from './kept-values.ts';
import { accessKeyOf } from './key-queries.ts';
import { changesOf, type KeyValues, valuesOf } from './key-values.ts';

/** The fields of the wizard on one page; `?at=addresses` begins at that one. */
export function ChangeKeyPage({ id }: { id: number }) {
  const { user } = useSession();
  const { data, error, refetch } = useQuery(accessKeyOf(id));
  if (error !== null && data === undefined)
    return <ProblemPage level={1} error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonPage />;
  return data.owner === user.username && data.state !== 'revoked' ? (
    <ChangeForm accessKey={data} />
  ) : (
    <NotYours accessKey={data} />
  );
}

function NotYours({ accessKey: { id, name, owner, state } }: { accessKey: AccessKey }) {
  const words = useWords();
  return (
    <Page form="reading" title={name}>
      <Banner
        text={state === 'revoked' ? words('accessKeys.wasRevoked') : words('accessKeys.foreign', { owner })}
        action={
          <ButtonLink isSmall href={`/access-keys/${id}`}>
            {words('accessKeys.acts.view')}
          </ButtonLink>
        }
      />
    </Page>
  );
}

function ChangeForm({ accessKey }: { accessKey: AccessKey }) {
  const words = useWords();
  const { user } = useSession();
  const [, navigate] = useLocation();
  const queries = useQueryClient();
  const { id, name } = accessKey;
  const page = `/access-keys/${id}`;
  const place = `${user.username}/${id}`;
  const [begun, setBegun] = useState(() => keptValues(place));
  const form = useForm<KeyValues>({ defaultValues: begun ?? valuesOf(accessKey), mode: 'onTouched' });
  useKeptValues(place, form);
  useFieldOfAddress();
  const change = useMutation({
    mutationFn: (values: KeyValues) => arca.accessKeys.change({ id, ...changesOf(values) }),
    onSuccess(changed) {
      forgetValues(place);
      queries.setQueryData(accessKeyOf(id).queryKey, changed);
      void queries.invalidateQueries({ queryKey: keyOf('accessKeys') });
      navigate(page);
      showToast({ tone: 'success', text: words('accessKeys.changed', { name: changed.name }) });
    },
  });
  const ofWhole = useFormProblems(form, change.error);
  const giveUp = () => {
    forgetValues(place);
    form.reset(valuesOf(accessKey));
    setBegun(undefined);
  };
  return (
    <Page
      form="reading"
      title={words('accessKeys.change.title', { name })}
      lead={words('accessKeys.change.lead')}
      above={
        <Breadcrumbs
          steps={[
            { label: words('accessKeys.title'), href: '/access-keys' },
            { label: name, href: page },
            { label: words('accessKeys.acts.change') },
          ]}
        />
      }
    >
      <Form
        onSubmit={form.handleSubmit((values) => change.mutate(values))}
        errors={form.formState.errors}
        problem={<ProblemBanner error={ofWhole} />}
      >
        {begun !== undefined && (
          <Banner
            text={words('accessKeys.change.begun')}
            action={
              <Button isSmall onPress={giveUp}>
                {words('accessKeys.change.discard')}
              </Button>
            }
          />
        )}
        <Card title={words('accessKeys.steps.application.name')}>
          <div className={styles.fields}>
            <ApplicationFields control={form.control} />
          </div>
        </Card>
        <Card title={words('accessKeys.steps.security.name')}>
          <div className={styles.fields}>
            <SecurityFields control={form.control} isEncryptionFixed />
          </div>
        </Card>
        <Card title={words('accessKeys.steps.data.name')}>
          <div className={styles.fields}>
            <DataFields control={form.control} />
          </div>
        </Card>
        <Card title={words('accessKeys.steps.period.name')}>
          <div className={styles.fields}>
            <PeriodFields control={form.control} />
          </div>
        </Card>
        <FormActions>
          <ButtonLink href={page}>{words('ui.cancel')}</ButtonLink>
          <Button variant="primary" type="submit" isBusy={change.isPending}>
            {words('accessKeys.acts.change')}
          </Button>
        </FormActions>
      </Form>
    </Page>
  );
}

/** Puts the focus where the address says, as in `?at=addresses`. */
function useFieldOfAddress(): void {
  const [params] = useSearchParams();
  const at = params.get('at');
  useEffect(() => {
    if (at === null) return;
    // After the frame, which gives the focus to a new page.
    const timer = setTimeout(() => {
      const named = [
        ...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(`[name="${CSS.escape(at)}"]`),
      ];
      const field = named.find((one) => one.matches(':checked')) ?? named[0];
      field?.scrollIntoView({ block: 'center' });
      field?.focus({ preventScroll: true });
    });
    return () => clearTimeout(timer);
  }, [at]);
}

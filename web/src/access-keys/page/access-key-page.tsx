import type { AccessKey } from '@arca/sdk';
import { useQuery } from '@tanstack/react-query';
import { Ellipsis, Pencil } from 'lucide-react';
import { ProblemPage } from '../../api/problem-page.tsx';
import { useSession } from '../../session/use-session.ts';
import { useWords } from '../../text/use-words.ts';
import { Banner } from '../../ui/banner.tsx';
import { Breadcrumbs } from '../../ui/breadcrumbs.tsx';
import { ButtonLink, IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useIsOnline } from '../../ui/offline-banner.tsx';
import { Page } from '../../ui/page-layout.tsx';
import { SkeletonPage } from '../../ui/skeleton.tsx';
import { accessKeyOf } from '../key-queries.ts';
import { KeyState } from '../key-state.tsx';
import { SimulatorCard } from '../simulator/simulator-card.tsx';
import { useKeyActs } from '../use-key-acts.tsx';
import { CredentialsCard } from './credentials-card.tsx';
import { FirstCallCard } from './first-call-card.tsx';
import { HeldBanner } from './held-banner.tsx';
import { LimitsCard } from './limits-card.tsx';
import { UseCard } from './use-card.tsx';

/** All about one key. To administrators who do not own it: its limits and use alone. */
export function AccessKeyPage({ id }: { id: number }) {
  const isOnline = useIsOnline();
  const { data, error, refetch } = useQuery(accessKeyOf(id));
  if (data !== undefined) return <KeyFound accessKey={data} />;
  if (error !== null || !isOnline) return <ProblemPage level={1} error={error} onRetry={() => void refetch()} />;
  return <SkeletonPage />;
}

function KeyFound({ accessKey }: { accessKey: AccessKey }) {
  const words = useWords();
  const { user } = useSession();
  const { entriesOf, dialogs } = useKeyActs();
  const { id, name, description, owner, state } = accessKey;
  const isMine = owner === user.username;
  const entries = entriesOf(accessKey).filter(({ id: act }) => act !== 'view' && act !== 'change');
  return (
    <Page
      form="reading"
      title={name}
      mark={<KeyState state={state} />}
      lead={description || undefined}
      above={<Breadcrumbs steps={[{ label: words('accessKeys.title'), href: '/access-keys' }, { label: name }]} />}
      actions={
        <>
          {isMine && state !== 'revoked' && (
            <ButtonLink icon={Pencil} href={`/access-keys/${id}/change`}>
              {words('accessKeys.acts.change')}
            </ButtonLink>
          )}
          {entries.length > 0 && (
            <Menu
              label={words('accessKeys.acts.more')}
              trigger={<IconButton variant="secondary" icon={Ellipsis} label={words('accessKeys.acts.more')} />}
              groups={[
                { entries: entries.filter(({ isDangerous }) => !isDangerous) },
                { entries: entries.filter(({ isDangerous }) => isDangerous) },
              ]}
            />
          )}
        </>
      }
    >
      {!isMine && <Banner text={words('accessKeys.foreign', { owner })} />}
      {state === 'revoked' && <Banner text={words('accessKeys.wasRevoked')} />}
      {state === 'held' && <HeldBanner accessKey={accessKey} isMine={isMine} />}
      {state === 'expired' && <Banner tone="warning" text={words('accessKeys.wasExpired')} />}
      {isMine && state !== 'revoked' && <CredentialsCard accessKey={accessKey} />}
      <LimitsCard accessKey={accessKey} isChangeable={isMine && state !== 'revoked'} />
      <UseCard accessKey={accessKey} />
      {isMine && state === 'live' && <FirstCallCard accessKey={accessKey} />}
      {isMine && <SimulatorCard accessKey={accessKey} />}
      {dialogs}
    </Page>
  );
}

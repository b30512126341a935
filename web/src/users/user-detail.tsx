import type { User } from '@arca/sdk';
import { Ban, CircleCheck, Ellipsis, Pencil } from 'lucide-react';
import { WaitingProposals } from '../admin/waiting-proposals.tsx';
import { ProblemPage } from '../api/problem-page.tsx';
import { useSession } from '../session/use-session.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Badge } from '../ui/badge.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Menu } from '../ui/menu.tsx';
import { Page } from '../ui/page-layout.tsx';
import { SkeletonPage } from '../ui/skeleton.tsx';
import type { useUserActs } from './use-user-acts.tsx';
import { useUser } from './use-users.ts';
import { shownName } from './user-columns.tsx';
import styles from './users.module.css';

type UserDetailProps = { username: string; acts: ReturnType<typeof useUserActs> };

/** One user: what he may, when he was here, and what an administrator can do. */
export function UserDetail({ username, acts }: UserDetailProps) {
  const { data: user, error, refetch } = useUser(username);
  if (user !== undefined) return <ShownUser user={user} acts={acts} />;
  return error === null ? <SkeletonPage /> : <ProblemPage error={error} onRetry={() => void refetch()} />;
}

const inMoreMenu = ['setPassword', 'removeFactor', 'endSessions', 'giveItems'];

function ShownUser({ user, acts }: { user: User; acts: UserDetailProps['acts'] }) {
  const words = useWords();
  const formats = useFormats();
  const me = useSession().user.username;
  const name = shownName(user);
  const inMenu = acts.entriesOf(user).filter(({ id }) => inMoreMenu.includes(id));
  return (
    <Page
      form="reading"
      title={name}
      mark={
        <>
          <Badge tone={user.enabled ? 'success' : 'neutral'}>
            {words(user.enabled ? 'users.enabled' : 'users.disabled')}
          </Badge>
          {user.role === 'admin' && <Badge tone="accent">{words('users.role.admin')}</Badge>}
        </>
      }
      actions={
        <>
          <Button icon={Pencil} onPress={() => acts.change(user)}>
            {words('users.change')}
          </Button>
          {user.enabled ? (
            <Button icon={Ban} onPress={() => acts.disable(user)}>
              {words('users.disable')}
            </Button>
          ) : (
            <Button icon={CircleCheck} variant="primary" onPress={() => acts.enable(user)}>
              {words('users.enable')}
            </Button>
          )}
          {inMenu.length > 0 && (
            <Menu
              label={words('users.more')}
              trigger={<IconButton variant="secondary" icon={Ellipsis} label={words('users.more')} />}
              groups={[{ entries: inMenu }]}
            />
          )}
        </>
      }
    >
      <WaitingProposals username={user.username} />
      {!user.enabled && (
        <Banner
          tone="warning"
          title={words('users.isDisabled', { user: name })}
          text={`${words('users.isDisabledText')} ${
            user.disabledAt === null ? '' : words('users.since', { time: formats.relative(new Date(user.disabledAt)) })
          }`}
        />
      )}
      {user.username === me && <Banner text={words('users.own')} />}
      <Card title={words('users.about')}>
        <Facts user={user} />
      </Card>
    </Page>
  );
}

function Facts({ user }: { user: User }) {
  const words = useWords();
  const formats = useFormats();
  const when = (at: string | null, none: string) => (at === null ? none : formats.dateTime(new Date(at)));
  const facts = [
    ['username', user.username],
    ['name', user.name === '' ? words('users.noName') : user.name],
    ['email', user.email ? user.email : words('users.noEmail')],
    ['role', words(`users.role.${user.role ?? 'member'}`)],
    ['secondFactor', words(user.secondFactor ? 'users.hasSecondFactor' : 'users.noSecondFactor')],
    ['items', formats.number(user.items ?? 0)],
    ['lastSignIn', when(user.lastSignInAt, words('users.unknown'))],
    ['lastSeen', when(user.lastSeenAt, words('users.unknown'))],
    ['created', when(user.createdAt, '')],
  ] as const;
  return (
    <dl className={styles.facts}>
      {facts.map(([id, value]) => (
        <div key={id} className={styles.fact}>
          <dt className={styles.term}>{words(`users.fields.${id}`)}</dt>
          <dd className={id === 'username' ? styles.mono : styles.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

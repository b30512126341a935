import { Ban, CircleCheck, Pencil } from 'lucide-react';
import { useState } from 'react';
import { WaitingProposals } from '../admin/waiting-proposals.tsx';
import { ProblemPage } from '../api/problem-page.tsx';
import { useSession } from '../session/use-session.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Badge } from '../ui/badge.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page-layout.tsx';
import { SkeletonPage } from '../ui/skeleton.tsx';
import { GroupFormDialog } from './group-form-dialog.tsx';
import type { Group, GroupSort } from './group-sort.ts';
import styles from './groups.module.css';
import { MembersCard } from './members-card.tsx';
import { useGroupActs } from './use-group-acts.ts';
import { useGroup } from './use-groups.ts';

/** One group: what it is for, what it gives, and who is in it. */
export function GroupDetail({ sort, id }: { sort: GroupSort; id: number }) {
  const { data: group, error, refetch } = useGroup(sort, id);
  if (group !== undefined) return <ShownGroup sort={sort} group={group} />;
  return error === null ? <SkeletonPage /> : <ProblemPage error={error} onRetry={() => void refetch()} />;
}

function ShownGroup({ sort, group }: { sort: GroupSort; group: Group }) {
  const words = useWords();
  const session = useSession();
  const { enable, disable } = useGroupActs(sort);
  const [isChanging, setChanging] = useState(false);
  const mayManage = sort.isPrivate ? group.owner === session.user.username : session.may.administer;
  return (
    <Page
      form="reading"
      title={group.name}
      mark={
        <Badge tone={group.enabled ? 'success' : 'neutral'}>
          {words(group.enabled ? 'groups.enabled' : 'groups.disabled')}
        </Badge>
      }
      lead={group.description === '' ? undefined : group.description}
      below={<Facts group={group} />}
      actions={
        mayManage && (
          <>
            <Button icon={Pencil} onPress={() => setChanging(true)}>
              {words('groups.change')}
            </Button>
            {group.enabled ? (
              <Button icon={Ban} onPress={() => void disable(group)}>
                {words('groups.disable')}
              </Button>
            ) : (
              <Button icon={CircleCheck} variant="primary" onPress={() => void enable(group)}>
                {words('groups.enable')}
              </Button>
            )}
          </>
        )
      }
    >
      {!group.enabled && <DisabledBanner group={group} />}
      {!sort.isPrivate && <WaitingProposals groupId={group.id} />}
      {mayManage && group.enabled && <SharesBanner sort={sort} group={group} />}
      {group.members === null ? (
        <Banner text={words('groups.notInside')} />
      ) : (
        <MembersCard sort={sort} group={group} members={group.members} mayManage={mayManage} />
      )}
      {isChanging && <GroupFormDialog sort={sort} group={group} onClose={() => setChanging(false)} />}
    </Page>
  );
}

/** Whose it is, since when, and what members see of each other, in one line. */
function Facts({ group }: { group: Group }) {
  const words = useWords();
  const formats = useFormats();
  const me = useSession().user.username;
  const { owner, createdAt, membersVisible, isMember } = group;
  const facts = [
    owner !== null && (owner === me ? words('groups.ownedByYou') : words('groups.ownedBy', { owner })),
    isMember && words('groups.youAreMember'),
    membersVisible !== null && words(membersVisible ? 'groups.visible' : 'groups.hidden'),
    createdAt !== null && words('groups.created', { date: formats.date(new Date(createdAt)) }),
  ].filter((fact) => fact !== false);
  return (
    <ul className={styles.facts}>
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}

function DisabledBanner({ group }: { group: Group }) {
  const words = useWords();
  const formats = useFormats();
  const since =
    group.disabledAt === null
      ? ''
      : words('groups.isDisabledSince', { time: formats.relative(new Date(group.disabledAt)) });
  return (
    <Banner tone="warning" title={words('groups.isDisabled')} text={`${words('groups.isDisabledText')} ${since}`} />
  );
}

function SharesBanner({ sort, group }: { sort: GroupSort; group: Group }) {
  const words = useWords();
  if (!group.holdsShares) return <Banner text={words('groups.noShares', { name: group.name })} />;
  const text = words('groups.holdsSharesText');
  return (
    <Banner
      title={words('groups.holdsShares')}
      text={sort.isPrivate ? text : `${text} ${words('groups.holdsSharesTeam')}`}
    />
  );
}

import type { GroupMember } from '@arca/sdk';
import { UserPlus, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useSession } from '../session/use-session.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { findUsers } from '../users/find-users.ts';
import { NamePicker } from '../users/name-picker.tsx';
import type { Group, GroupSort } from './group-sort.ts';
import styles from './groups.module.css';
import { useGroupActs } from './use-group-acts.ts';

type MembersCardProps = { sort: GroupSort; group: Group; members: GroupMember[]; mayManage: boolean };

const atOnce = 100;
const manyMembers = 12; // from here on a search is worth its place

/** Who is in the group; whoever manages it adds and removes here, at once. */
export function MembersCard({ sort, group, members, mayManage }: MembersCardProps) {
  const words = useWords();
  const formats = useFormats();
  const me = useSession().user.username;
  const acts = useGroupActs(sort);
  const [typed, setTyped] = useState('');
  const [shown, setShown] = useState(atOnce);
  const found = members.filter(({ username }) => username.includes(typed.trim().toLowerCase()));
  const names = useMemo(() => members.map(({ username }) => username), [members]);
  const isIn = names.includes(me);
  const count = words('groups.members', { count: members.length, formatted: formats.number(members.length) });
  return (
    <Card
      title={words('groups.membersTitle')}
      actions={
        mayManage && sort.isPrivate && !isIn ? (
          <Button isSmall variant="quiet" icon={UserPlus} onPress={() => void acts.addMember(group, me)}>
            {words('groups.addMyself')}
          </Button>
        ) : (
          <span className={styles.soft}>{count}</span>
        )
      }
    >
      <div className={styles.members}>
        {mayManage && (
          <NamePicker
            label={words('groups.addMember')}
            placeholder={words('groups.addMemberPlaceholder')}
            find={findUsers}
            without={names}
            onPick={(username) => void acts.addMember(group, username)}
          />
        )}
        {members.length > manyMembers && (
          <SearchField label={words('groups.findMember')} value={typed} onChange={setTyped} />
        )}
        {found.length === 0 ? (
          <p className={styles.soft}>{words(members.length === 0 ? 'groups.noMembers' : 'groups.noSuchMember')}</p>
        ) : (
          <ul className={styles.list} aria-label={words('groups.membersTitle')}>
            {found.slice(0, shown).map((member) => (
              <li key={member.username} className={styles.member} data-dimmed={!member.enabled || undefined}>
                <Avatar name={member.username} />
                <span className={styles.who}>
                  <span className={styles.username}>{member.username}</span>
                  <span className={styles.soft}>
                    {words('groups.memberSince', { date: formats.date(new Date(member.addedAt)) })}
                  </span>
                </span>
                {!member.enabled && <Badge>{words('groups.memberDisabled')}</Badge>}
                {mayManage && (
                  <IconButton
                    isSmall
                    icon={X}
                    label={words('groups.removeMember', { member: member.username })}
                    onPress={() => void acts.removeMember(group, member.username)}
                  />
                )}
              </li>
            ))}
          </ul>
        )}
        {found.length > shown && (
          <Button onPress={() => setShown(shown + atOnce)}>
            {words('groups.more', { count: Math.min(atOnce, found.length - shown) })}
          </Button>
        )}
      </div>
    </Card>
  );
}

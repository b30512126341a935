import type { User } from '@arca/sdk';
import { useMemo } from 'react';
import { useSession } from '../session/use-session.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import type { Column } from '../ui/table/column.ts';
import styles from './users.module.css';

export function useUserColumns(): Column<User>[] {
  const words = useWords();
  const formats = useFormats();
  const me = useSession().user.username;
  return useMemo(
    () => [
      {
        id: 'name',
        label: words('users.columns.name'),
        minWidth: 15,
        grow: 2,
        isFixed: true,
        card: 'title',
        cell: (user) => (
          <span className={styles.name}>
            <Avatar size="small" name={shownName(user)} />
            <span className={styles.nameText}>{shownName(user)}</span>
            {user.username === me && <Badge tone="accent">{words('users.you')}</Badge>}
            {!user.enabled && <Badge>{words('users.disabled')}</Badge>}
          </span>
        ),
      },
      {
        id: 'username',
        label: words('users.columns.username'),
        minWidth: 9,
        card: 'line',
        cell: ({ username }) => username,
      },
      {
        id: 'role',
        label: words('users.columns.role'),
        minWidth: 8,
        grow: 0.5,
        card: 'side',
        cell: ({ role }) => role !== null && words(`users.role.${role}`),
      },
      {
        id: 'secondFactor',
        label: words('users.columns.secondFactor'),
        minWidth: 8,
        grow: 0.5,
        cell: ({ secondFactor }) => words(secondFactor ? 'users.hasSecondFactor' : 'users.noSecondFactor'),
      },
      {
        id: 'items',
        label: words('users.columns.items'),
        minWidth: 5,
        grow: 0,
        isNumeric: true,
        cell: ({ items }) => formats.number(items ?? 0),
      },
      {
        id: 'lastSeen',
        label: words('users.columns.lastSeen'),
        minWidth: 9,
        grow: 0,
        isNumeric: true,
        cell: ({ lastSeenAt }) =>
          lastSeenAt === null ? words('users.unknown') : formats.relative(new Date(lastSeenAt)),
      },
    ],
    [words, formats, me],
  );
}

/** Users made by the command may have no name. */
export function shownName({ name, username }: User): string {
  return name === '' ? username : name;
}

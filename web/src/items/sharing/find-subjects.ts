import { UserRound, Users, UsersRound } from 'lucide-react';
import { arca } from '../../api/arca.ts';
import type { useWords } from '../../text/use-words.ts';
import type { Option } from '../../ui/option.tsx';

/** Whom something is shared with: `user:ana` or `group:12`. */
export type SubjectId = `user:${string}` | `group:${number}`;

type Words = ReturnType<typeof useWords>;

const most = 8; // of each

/** People and groups that what is typed may mean; `without` are left out. */
export async function findSubjects(
  typed: string,
  signal: AbortSignal,
  words: Words,
  without: ReadonlySet<string>,
): Promise<Option<SubjectId>[]> {
  const input = { q: typed.trim() || undefined, limit: most + without.size };
  const [people, userGroups, privateGroups] = await Promise.all([
    arca.users.list(input, { signal }),
    arca.userGroups.list(input, { signal }),
    arca.privateGroups.list(input, { signal }),
  ]);
  const found: Option<SubjectId>[] = [
    ...people.users.map(({ username, name }) => ({
      id: `user:${username}` as const,
      label: name || username,
      note: username,
      icon: UserRound,
    })),
    ...userGroups.groups.map(({ id, name, memberCount }) => ({
      id: `group:${id}` as const,
      label: name,
      note: words('items.sharing.group', { count: memberCount }),
      icon: Users,
    })),
    ...privateGroups.groups.map(({ id, name, memberCount }) => ({
      id: `group:${id}` as const,
      label: name,
      note: words('items.sharing.privateGroup', { count: memberCount }),
      icon: UsersRound,
    })),
  ];
  return found.filter(({ id }) => !without.has(id));
}

/** People alone, to whom something may be handed over. */
export async function findNewOwners(typed: string, signal: AbortSignal, without: string): Promise<Option[]> {
  const { users } = await arca.users.list({ q: typed.trim() || undefined, limit: most + 1 }, { signal });
  return users
    .filter(({ username }) => username !== without)
    .map(({ username, name }) => ({ id: username, label: name || username, note: username, icon: UserRound }));
}

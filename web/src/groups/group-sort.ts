import type { GroupMember, ListedUserGroup, Proposal, UserGroup } from '@arca/sdk';
import { arca } from '../api/arca.ts';

/** One line of a list, of either sort. The owner is null of a user group. */
export type ListedGroup = ListedUserGroup & { owner: string | null };
/** A group with what is in it; the latter is null for who may not look inside. */
export type Group = UserGroup & { owner: string | null; members: GroupMember[] | null };

export type GroupSearch = { q?: string; state: 'enabled' | 'disabled' | 'all'; role?: 'owner' | 'member' };
export type GroupDraft = { name: string; description: string; membersVisible: boolean };

type Outcome = { changed: boolean; proposal: Proposal | null };
type Page = { groups: ListedGroup[]; next: string | null };

/** Private groups and user groups are shown alike; here is where they differ. */
export type GroupSort = {
  noun: 'privateGroups' | 'userGroups';
  words: 'private' | 'team';
  path: '/groups' | '/admin/groups';
  isPrivate: boolean;
  list: (search: GroupSearch, cursor: string | undefined, signal: AbortSignal) => Promise<Page>;
  read: (id: number, signal: AbortSignal) => Promise<Group>;
  add: (draft: GroupDraft & { members: string[] }) => Promise<{ id: number; name: string }>;
  change: (id: number, draft: GroupDraft) => Promise<unknown>;
  disable: (id: number) => Promise<unknown>;
  enable: (id: number) => Promise<Outcome>;
  addMember: (id: number, username: string) => Promise<Outcome>;
  removeMember: (id: number, username: string) => Promise<unknown>;
};

const limit = 200;

export const privateGroups: GroupSort = {
  noun: 'privateGroups',
  words: 'private',
  path: '/groups',
  isPrivate: true,
  list: (search, cursor, signal) => arca.privateGroups.list({ ...search, limit, cursor }, { signal }),
  read: (id, signal) => arca.privateGroups.read({ id }, { signal }),
  add: (draft) => arca.privateGroups.add(draft),
  change: (id, draft) => arca.privateGroups.change({ id, ...draft }),
  disable: (id) => arca.privateGroups.disable({ id }),
  enable: async (id) => ({ ...(await arca.privateGroups.enable({ id })), proposal: null }),
  addMember: async (id, username) => ({ ...(await arca.privateGroups.addMember({ id, username })), proposal: null }),
  removeMember: (id, username) => arca.privateGroups.removeMember({ id, username }),
};

export const userGroups: GroupSort = {
  noun: 'userGroups',
  words: 'team',
  path: '/admin/groups',
  isPrivate: false,
  async list({ q, state }, cursor, signal) {
    const { groups, next } = await arca.userGroups.list({ q, state, limit, cursor }, { signal });
    return { groups: groups.map((group) => ({ ...group, owner: null })), next };
  },
  read: async (id, signal) => ({ ...(await arca.userGroups.read({ id }, { signal })), owner: null }),
  add: (draft) => arca.userGroups.add(draft),
  change: (id, draft) => arca.userGroups.change({ id, ...draft }),
  disable: (id) => arca.userGroups.disable({ id }),
  enable: (id) => arca.userGroups.enable({ id }),
  addMember: (id, username) => arca.userGroups.addMember({ id, username }),
  removeMember: (id, username) => arca.userGroups.removeMember({ id, username }),
};

import { Type } from 'typebox';
import type { ReadGroup } from '../../actions/groups/read.ts';
import type { ShownGroup } from '../../actions/groups/show-group.ts';
import { idSchema, orNull, strict, time, usernameSchema } from './schemas.ts';

const entry = {
  id: idSchema,
  name: Type.String(),
  description: Type.String(),
  enabled: Type.Boolean({ description: 'A disabled group gives nothing.' }),
  memberCount: Type.Integer({ minimum: 0 }),
  isMember: Type.Boolean({ description: 'Is the caller a member?' }),
};

const members = Type.Array(
  Type.Object(
    { username: usernameSchema, enabled: Type.Boolean(), addedAt: time() },
    { $id: 'GroupMember', ...strict },
  ),
  { description: 'By username.' },
);

const inside = {
  membersVisible: Type.Boolean({ description: 'May members see who else is one?' }),
  createdAt: time(),
  disabledAt: orNull(time()),
  holdsShares: Type.Boolean({ description: 'Is anything shared with it?' }),
};

export const listedUserGroup = Type.Object(entry, { $id: 'ListedUserGroup', ...strict });

export const userGroupSchema = Type.Object(
  {
    ...entry,
    membersVisible: orNull(inside.membersVisible),
    createdAt: orNull(inside.createdAt),
    disabledAt: inside.disabledAt,
    holdsShares: orNull(inside.holdsShares),
    members: orNull(members),
  },
  {
    $id: 'UserGroup',
    description: 'What follows `isMember` is null for all but administrators and members who may see each other.',
    ...strict,
  },
);

export const listedPrivateGroup = Type.Object(
  { ...entry, owner: usernameSchema, membersVisible: inside.membersVisible },
  { $id: 'ListedPrivateGroup', ...strict },
);

export const privateGroupSchema = Type.Object(
  { ...entry, owner: usernameSchema, ...inside, members },
  { $id: 'PrivateGroup', ...strict },
);

export function listedBody({ group, memberCount, isMember }: ShownGroup) {
  const { id, name, description, disabledAt } = group;
  return { id, name, description, enabled: disabledAt === null, memberCount, isMember };
}

export function listedPrivateBody(shown: ShownGroup) {
  return { ...listedBody(shown), owner: shown.owner, membersVisible: shown.group.membersVisible };
}

export function userGroupBody(shown: ReadGroup) {
  const none = { membersVisible: null, createdAt: null, disabledAt: null, holdsShares: null, members: null };
  return { ...listedBody(shown), ...(shown.inside ? insideBody(shown, shown.inside) : none) };
}

export function privateGroupBody(shown: ReadGroup) {
  const { inside: seen, owner } = shown;
  return { ...listedBody(shown), owner, ...(seen ? insideBody(shown, seen) : {}) };
}

function insideBody({ group }: ShownGroup, { members: all, holdsShares }: NonNullable<ReadGroup['inside']>) {
  const { membersVisible, createdAt, disabledAt } = group;
  const shown = all.map(({ user, addedAt }) => ({
    username: user.username,
    enabled: user.disabledAt === null,
    addedAt,
  }));
  return { membersVisible, createdAt, disabledAt, holdsShares, members: shown };
}

const listedExample = {
  id: 3,
  name: 'Finance',
  description: 'Who pays',
  enabled: true,
  memberCount: 1,
  isMember: false,
};
const insideExample = {
  membersVisible: true,
  createdAt: '2026-11-02T09:30:00.000Z',
  disabledAt: null,
  holdsShares: true,
  members: [{ username: 'ben', enabled: true, addedAt: '2026-11-02T09:31:00.000Z' }],
};

/** Made-up values; the tests hold them against the schemas. */
export const groupExamples = {
  listedUser: listedExample,
  user: { ...listedExample, ...insideExample },
  listedPrivate: { ...listedExample, owner: 'ana', membersVisible: true },
  private: { ...listedExample, owner: 'ana', ...insideExample },
};

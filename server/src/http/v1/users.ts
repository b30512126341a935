import { Type } from 'typebox';
import { addUser } from '../../actions/users/add.ts';
import { changeUser } from '../../actions/users/change.ts';
import { disableUser } from '../../actions/users/disable.ts';
import { enableUser } from '../../actions/users/enable.ts';
import { endUserSessions } from '../../actions/users/end-sessions.ts';
import { listUsers } from '../../actions/users/list.ts';
import { readUser } from '../../actions/users/read.ts';
import { removeSecondFactorOf } from '../../actions/users/remove-second-factor.ts';
import { seizeItems } from '../../actions/users/seize-items.ts';
import { setPassword } from '../../actions/users/set-password.ts';
import { readRole } from '../../domain/user.ts';
import { type Operation, operation } from './operation.ts';
import {
  changedSchema,
  outcomeReply,
  outcomeSchema,
  proposalExample,
  proposalSchema,
  waitsForAnother,
} from './proposals-shapes.ts';
import { cursorQuery, limitQuery, orNull, strict, usernameSchema } from './schemas.ts';
import { roleSchema, userBody, userExample, userSchema } from './users-shapes.ts';

const access = 'session';
const path = Type.Object({ username: usernameSchema });
const onUser = ['user_not_found', 'proof_required'] as const;
const passwordSchema = Type.String({ maxLength: 1024, description: '12 to 1,024 bytes, none of the most common.' });
const person = {
  name: Type.Optional(Type.String({ maxLength: 255 })),
  email: Type.Optional(Type.String({ maxLength: 254, description: 'Empty for none.' })),
  role: Type.Optional(roleSchema),
};

const list = operation({
  id: 'users.list',
  method: 'GET',
  path: '/users',
  access,
  summary: 'List and search users',
  description: 'By username. Administrators are told more of each, and search e-mail addresses too.',
  query: Type.Object(
    {
      q: Type.Optional(Type.String({ maxLength: 1000, description: 'Words that must all occur.' })),
      state: Type.Optional(Type.Enum(['enabled', 'disabled', 'all'], { description: '`enabled` unless told.' })),
      role: Type.Optional(Type.Enum(['admin', 'member'], { description: 'For administrators.' })),
      limit: limitQuery(200, 50),
      cursor: cursorQuery,
    },
    strict,
  ),
  status: 200,
  answer: Type.Object(
    { users: Type.Array(userSchema), next: orNull(Type.String({ description: 'Cursor of the next page.' })) },
    { $id: 'UserPage', ...strict },
  ),
  refusals: ['cursor_invalid'],
  examples: { answer: { users: [userExample], next: null } },
  async run({ ctx, query }) {
    const { users, next } = await listUsers(ctx, {
      words: query.q ?? '',
      enabled: query.state === 'all' ? null : query.state !== 'disabled',
      role: query.role === undefined ? null : readRole(query.role),
      most: query.limit ?? 50,
      cursor: query.cursor ?? null,
    });
    return { body: { users: users.map(userBody), next } };
  },
});

const userOrProposed = Type.Object(
  { user: userSchema, proposal: orNull(proposalSchema) },
  { $id: 'UserAndProposal', ...strict },
);
const makingAdmin =
  'Where there is another administrator he must confirm that someone becomes one: until then the user is a member, and ' +
  'the answer is 202 with the proposal.';
const adminProposal = { ...proposalExample, action: 'user.change', groupId: null, group: null, role: 'admin' };

const add = operation({
  id: 'users.add',
  method: 'POST',
  path: '/users',
  access,
  summary: 'Add a user',
  description: `With a first password, which you hand over: he must change it when he signs in, within 7 days. ${makingAdmin}`,
  body: Type.Object({ username: usernameSchema, password: passwordSchema, ...person }, strict),
  status: 201,
  orStatus: 202,
  answer: userOrProposed,
  refusals: ['proof_required', 'username_taken', 'field_invalid'],
  repeatable: true,
  examples: {
    body: { username: 'ben', name: 'Ben Duarte', email: 'ben@example.com', password: 'not-a-real-one' },
    answer: { user: userExample, proposal: null },
  },
  async run({ ctx, body }) {
    const { user, proposal } = await addUser(ctx, body);
    const shown = await readUser(ctx, { username: user.username });
    return {
      body: { user: userBody(shown), proposal },
      headers: { location: `/api/v1/users/${encodeURIComponent(user.username)}` },
      ...(proposal ? { status: 202 } : {}),
    };
  },
});

const read = operation({
  id: 'users.read',
  method: 'GET',
  path: '/users/{username}',
  access,
  summary: 'Read a user',
  params: path,
  status: 200,
  answer: userSchema,
  refusals: ['user_not_found'],
  examples: { answer: userExample },
  run: async ({ ctx, params }) => ({ body: userBody(await readUser(ctx, params)) }),
});

const change = operation({
  id: 'users.change',
  method: 'PATCH',
  path: '/users/{username}',
  access,
  summary: 'Change name, e-mail address or role of a user',
  description: `What is absent stays. A change of role ends his sessions. ${makingAdmin} So must the last other administrator, before he becomes a member.`,
  params: path,
  body: Type.Object(person, strict),
  status: 200,
  orStatus: 202,
  answer: userOrProposed,
  refusals: [...onUser, 'last_admin', 'field_invalid'],
  examples: { body: { role: 'admin' }, answer: { user: userExample, proposal: adminProposal } },
  async run({ ctx, params, body }) {
    const { shown, proposal } = await changeUser(ctx, { ...params, ...body });
    return { body: { user: userBody(shown), proposal }, ...(proposal ? { status: 202 } : {}) };
  },
});

const disable = operation({
  id: 'users.disable',
  method: 'POST',
  path: '/users/{username}/disable',
  access,
  summary: 'Disable a user',
  description: `His sessions, and the tokens of his access keys, end at once and for good. ${waitsForAnother} So it is when he is the last other administrator, who may confirm it himself.`,
  params: path,
  status: 200,
  orStatus: 202,
  answer: outcomeSchema,
  refusals: [...onUser, 'last_admin'],
  repeatable: true,
  examples: { answer: { changed: true, proposal: null } },
  run: async ({ ctx, params }) => outcomeReply(await disableUser(ctx, params)),
});

const enable = operation({
  id: 'users.enable',
  method: 'POST',
  path: '/users/{username}/enable',
  access,
  summary: 'Enable a user again',
  description: `His access keys work again, with new tokens. ${waitsForAnother} So it is when he is an administrator.`,
  params: path,
  status: 200,
  orStatus: 202,
  answer: outcomeSchema,
  refusals: onUser,
  repeatable: true,
  examples: { answer: { changed: true, proposal: null } },
  run: async ({ ctx, params }) => outcomeReply(await enableUser(ctx, params)),
});

const password = operation({
  id: 'users.setPassword',
  method: 'POST',
  path: '/users/{username}/password',
  access,
  summary: "Set another user's password",
  description: `For one that was forgotten. His sessions end, and he must change it when he signs in, within 7 days. ${waitsForAnother}`,
  params: path,
  body: Type.Object({ password: passwordSchema }, strict),
  status: 200,
  orStatus: 202,
  answer: outcomeSchema,
  refusals: [...onUser, 'field_invalid'],
  repeatable: true,
  examples: {
    body: { password: 'not-a-real-one' },
    answer: {
      changed: false,
      proposal: { ...proposalExample, action: 'user.set-password', groupId: null, group: null },
    },
  },
  run: async ({ ctx, params, body }) => outcomeReply(await setPassword(ctx, { ...params, ...body })),
});

const endSessions = operation({
  id: 'users.endSessions',
  method: 'POST',
  path: '/users/{username}/end-sessions',
  access,
  summary: 'End all sessions of a user',
  description: 'He must sign in anew everywhere. His access keys are left alone.',
  params: path,
  status: 200,
  answer: changedSchema,
  refusals: onUser,
  repeatable: true,
  examples: { answer: { changed: true } },
  run: async ({ ctx, params }) => ({ body: await endUserSessions(ctx, params) }),
});

const removeFactor = operation({
  id: 'users.removeSecondFactor',
  method: 'POST',
  path: '/users/{username}/remove-second-factor',
  access,
  summary: "Remove another user's second factor",
  description:
    'For who has lost it and his recovery codes: be sure first that it is he who asks. His sessions end, and he signs in with his ' +
    `password alone, or enrols a new one first where the policy asks for it. ${waitsForAnother}`,
  params: path,
  status: 200,
  orStatus: 202,
  answer: outcomeSchema,
  refusals: [...onUser, 'field_invalid'],
  repeatable: true,
  examples: {
    answer: {
      changed: false,
      proposal: { ...proposalExample, action: 'user.remove-second-factor', groupId: null, group: null },
    },
  },
  run: async ({ ctx, params }) => outcomeReply(await removeSecondFactorOf(ctx, params)),
});

const seize = operation({
  id: 'users.seizeItems',
  method: 'POST',
  path: '/users/{username}/seize-items',
  access,
  summary: 'Give what a disabled user owns to another user',
  description:
    'For what somebody who has left owned. The other user can read all of it from then on; shares stay. At most 500 items at ' +
    'once, which the audit tells one by one: ask again until `changed` is false. An API secret whose identifier code the ' +
    `other has too is left. ${waitsForAnother}`,
  params: path,
  body: Type.Object({ to: usernameSchema }, strict),
  status: 200,
  orStatus: 202,
  answer: outcomeSchema,
  refusals: [...onUser, 'transfer_impossible'],
  repeatable: true,
  examples: {
    body: { to: 'cora' },
    answer: {
      changed: false,
      proposal: { ...proposalExample, action: 'user.seize-items', groupId: null, group: null, heir: 'cora' },
    },
  },
  run: async ({ ctx, params, body }) => outcomeReply(await seizeItems(ctx, { ...params, ...body })),
});

export const userOperations: Operation[] = [
  ...[list, add, read, change, disable, enable],
  ...[password, removeFactor, endSessions, seize],
];

import { Type } from 'typebox';
import { changePolicy, type PolicyChange } from '../../actions/policy/change.ts';
import { readPolicy, type ShownPolicy } from '../../actions/policy/read.ts';
import { type Operation, operation } from './operation.ts';
import { strict, usernameSchema } from './schemas.ts';

const mostNames = 1000;

const settled = {
  keyMakers: Type.Object(
    {
      everyone: Type.Boolean({ description: 'Or only these:' }),
      users: Type.Array(usernameSchema, { maxItems: mostNames }),
      groups: Type.Array(Type.String({ maxLength: 255 }), { maxItems: mostNames, description: 'User groups by name.' }),
    },
    { description: 'Who may make access keys.', ...strict },
  ),
  secondFactor: Type.Enum(['optional', 'admins', 'everyone'], { description: 'From whom a second factor is asked.' }),
  idleMinutes: Type.Integer({ minimum: 5, maximum: 60, description: 'After so long without a call a session ends.' }),
  sessionHours: Type.Integer({ minimum: 1, maximum: 12, description: 'After so long a session ends in any case.' }),
};

const policySchema = Type.Object({ revision: Type.Integer({ minimum: 0 }), ...settled }, { $id: 'Policy', ...strict });
const example = {
  revision: 3,
  keyMakers: { everyone: false, users: ['ana'], groups: ['Operations'] },
  secondFactor: 'admins',
  idleMinutes: 30,
  sessionHours: 8,
};

const read = operation({
  id: 'policy.read',
  method: 'GET',
  path: '/policy',
  access: 'session',
  summary: 'Read the policy',
  description: 'What administrators have settled for all.',
  status: 200,
  answer: policySchema,
  refusals: [],
  examples: { answer: example },
  async run({ ctx }) {
    return replyOf(await readPolicy(ctx));
  },
});

const change = operation({
  id: 'policy.change',
  method: 'PATCH',
  path: '/policy',
  access: 'session',
  summary: 'Change the policy',
  description:
    'For administrators, with a fresh proof. What is left out stays as it is; `keyMakers` is replaced whole. Counts at once, for sessions that run too.',
  body: Type.Object(
    {
      keyMakers: Type.Optional(settled.keyMakers),
      secondFactor: Type.Optional(settled.secondFactor),
      idleMinutes: Type.Optional(settled.idleMinutes),
      sessionHours: Type.Optional(settled.sessionHours),
    },
    strict,
  ),
  status: 200,
  answer: policySchema,
  refusals: ['proof_required', 'revision_stale', 'field_invalid'],
  conditional: true,
  examples: { body: { secondFactor: 'admins', idleMinutes: 30 }, answer: example },
  async run({ ctx, body, revision }) {
    return replyOf(await changePolicy(ctx, body as PolicyChange, revision));
  },
});

function replyOf(policy: ShownPolicy) {
  return { body: policy, revision: policy.revision };
}

export const policyOperations: Operation[] = [read, change];

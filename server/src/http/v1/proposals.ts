import { Type } from 'typebox';
import { confirmProposal } from '../../actions/proposals/confirm.ts';
import { listProposals } from '../../actions/proposals/list.ts';
import { rejectProposal } from '../../actions/proposals/reject.ts';
import { type Operation, operation } from './operation.ts';
import { proposalExample, proposalSchema } from './proposals-shapes.ts';
import { cursorQuery, idSchema, limitQuery, orNull, strict } from './schemas.ts';

const access = 'session';

const list = operation({
  id: 'proposals.list',
  method: 'GET',
  path: '/proposals',
  access,
  summary: 'List proposals',
  description: 'Those that wait first, of either the newest first. For administrators.',
  query: Type.Object(
    {
      state: Type.Optional(Type.Enum(['waiting', 'all'], { description: '`all` unless told.' })),
      limit: limitQuery(200, 50),
      cursor: cursorQuery,
    },
    strict,
  ),
  status: 200,
  answer: Type.Object(
    { proposals: Type.Array(proposalSchema), next: orNull(Type.String({ description: 'Cursor of the next page.' })) },
    { $id: 'ProposalPage', ...strict },
  ),
  refusals: ['cursor_invalid'],
  examples: { answer: { proposals: [proposalExample], next: null } },
  async run({ ctx, query }) {
    const { state, limit = 50, cursor = null } = query;
    return { body: await listProposals(ctx, { waiting: state === 'waiting', most: limit, cursor }) };
  },
});

const path = Type.Object({ id: idSchema });
const refusals = ['proposal_not_found', 'proposal_decided', 'proof_required'] as const;
const decidedExample = { ...proposalExample, decidedBy: 'cora', decidedAt: '2026-11-21T08:00:00.000Z' };

const confirm = operation({
  id: 'proposals.confirm',
  method: 'POST',
  path: '/proposals/{id}/confirm',
  access,
  summary: 'Confirm a proposal of another administrator',
  description: 'Does what it asks for, with every check of the act itself. A refusal leaves it waiting.',
  params: path,
  status: 200,
  answer: proposalSchema,
  refusals: [
    ...refusals,
    'proposal_by_self',
    'last_admin',
    'user_not_found',
    'group_not_found',
    'field_invalid',
    'transfer_impossible',
  ],
  repeatable: true,
  examples: { answer: { ...decidedExample, state: 'confirmed' } },
  run: async ({ ctx, params }) => ({ body: await confirmProposal(ctx, params) }),
});

const reject = operation({
  id: 'proposals.reject',
  method: 'POST',
  path: '/proposals/{id}/reject',
  access,
  summary: 'Reject a proposal, or take back your own',
  params: path,
  status: 200,
  answer: proposalSchema,
  refusals,
  repeatable: true,
  examples: { answer: { ...decidedExample, state: 'rejected' } },
  run: async ({ ctx, params }) => ({ body: await rejectProposal(ctx, params) }),
});

export const proposalOperations: Operation[] = [list, confirm, reject];

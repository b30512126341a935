import { Type } from 'typebox';
import type { Outcome } from '../../actions/proposals/make.ts';
import { proposalStates, proposedActions } from '../../domain/proposal.ts';
import type { Reply } from './operation.ts';
import { idSchema, orNull, strict, time, usernameSchema } from './schemas.ts';

export const proposalSchema = Type.Object(
  {
    id: idSchema,
    action: Type.Enum([...proposedActions], { description: 'What it asks for.' }),
    state: Type.Enum([...proposalStates], {
      description: '`ended`: nobody decided within 7 days, or whoever made it is no administrator any more.',
    }),
    proposedBy: usernameSchema,
    username: orNull(Type.String({ description: 'Whom it is about.' })),
    groupId: orNull(Type.Integer()),
    group: orNull(Type.String({ description: 'Name of the group.' })),
    role: orNull(Type.Enum(['admin', 'member'], { description: 'Of `user.change`: what the user is to become.' })),
    heir: orNull(Type.String({ description: 'Of `user.seize-items`: who is to own the items.' })),
    createdAt: time(),
    endsAt: time(),
    decidedBy: orNull(Type.String()),
    decidedAt: orNull(time()),
  },
  { $id: 'Proposal', description: 'What one administrator wishes and another one must confirm.', ...strict },
);

export const proposalExample = {
  id: 12,
  action: 'group.add-member',
  state: 'waiting',
  proposedBy: 'ana',
  username: 'ben',
  groupId: 3,
  group: 'Finance',
  role: null,
  heir: null,
  createdAt: '2026-11-20T16:04:12.345Z',
  endsAt: '2026-11-27T16:04:12.345Z',
  decidedBy: null,
  decidedAt: null,
};

export const changedSchema = Type.Object(
  { changed: Type.Boolean({ description: 'False when it was so already.' }) },
  { $id: 'Changed', ...strict },
);

export const outcomeSchema = Type.Object(
  {
    changed: Type.Boolean({ description: 'False when it was so already, or when it waits for another administrator.' }),
    proposal: orNull(proposalSchema),
  },
  { $id: 'ChangedOrProposed', ...strict },
);

/** Said by every operation that may have to wait. */
export const waitsForAnother =
  'With 202 nothing was done yet: another administrator must confirm the `proposal` within 7 days.';

export function outcomeReply({ changed, proposal }: Outcome): Reply {
  return { body: { changed, proposal }, ...(proposal ? { status: 202 } : {}) };
}

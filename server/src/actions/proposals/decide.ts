import { type Caller, mustBePerson, mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { type Decision, decided, type Proposal } from '../../domain/proposal.ts';
import type { User } from '../../domain/user.ts';
import { findProposal, findProposalForUpdate, saveProposal } from '../../storage/proposals.ts';
import type { Tx } from '../../storage/transaction.ts';
import { usersOf } from '../../storage/users.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { RepeatMemory } from '../repeat.ts';
import type { Context } from '../safe.ts';
import { toldOf } from './make.ts';
import { knownUser, type ShownProposal, showProposal } from './shown.ts';

/** What follows from a decision, in its transaction: `proposal` as it was before. */
type After = (tx: Tx, caller: Caller, proposal: Proposal, proposer: User, decider: User, now: Date) => Promise<void>;

/** Decides a proposal, once; refuses one that was decided or has ended, and a confirmation by whoever made it. */
export function decideProposal(
  ctx: Context,
  { id, outcome }: { id: number; outcome: Decision['outcome'] },
  after: After,
): Promise<ShownProposal> {
  const target = `proposal:${id}`;
  const steps = async (tx: Tx, caller: Caller, now: Date): Promise<ShownProposal> => {
    mustMay('proposal.decide', caller);
    const { user } = mustBePerson(caller);
    const proposal = (await findProposalForUpdate(tx, id)) ?? refuse('proposal_not_found', {});
    const proposer = knownUser(await usersOf(tx, [proposal.proposedBy]), proposal.proposedBy);
    const next = decided(proposal, proposer, { by: user.id, at: now, outcome });
    await saveProposal(tx, next);
    const details = { ...toldOf(proposal.act), proposedBy: proposer.username };
    recordAdmin(tx, ctx, caller, `proposal.${outcome}`, target, details, now);
    await after(tx, caller, proposal, proposer, user, now);
    return showProposal(tx, next, now);
  };
  return act(ctx, { action: 'proposal.decide', target }, steps, memory);
}

const memory: RepeatMemory<ShownProposal> = {
  keep: ({ id }) => id,
  async rebuild(tx, caller, id, now) {
    mustMay('proposal.decide', caller);
    return showProposal(tx, (await findProposal(tx, id as number)) ?? refuse('proposal_not_found', {}), now);
  },
};

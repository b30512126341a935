import type { Caller } from '../../domain/access.ts';
import type { ProposedAct } from '../../domain/proposal.ts';
import type { Tx } from '../../storage/transaction.ts';
import { addMemberStep } from '../groups/add-member.ts';
import { enableGroupStep } from '../groups/enable.ts';
import type { Context } from '../safe.ts';
import { changeRoleStep } from '../users/change.ts';
import { disableUserStep } from '../users/disable.ts';
import { enableUserStep } from '../users/enable.ts';
import { removeSecondFactorStep } from '../users/remove-second-factor.ts';
import { seizeItemsStep } from '../users/seize-items.ts';
import { setPasswordStep } from '../users/set-password.ts';
import { decideProposal } from './decide.ts';
import type { Backing } from './make.ts';
import type { ShownProposal } from './shown.ts';

/**
 * Confirms a proposal of another administrator and does what it says, in one transaction and with every check of the
 * act itself: a refusal leaves the proposal as it was.
 */
export function confirmProposal(ctx: Context, { id }: { id: number }): Promise<ShownProposal> {
  return decideProposal(ctx, { id, outcome: 'confirmed' }, async (tx, caller, { act }, proposer, confirmer, now) => {
    const backing = { proposal: `proposal:${id}`, proposedBy: proposer.username, confirmedBy: confirmer.username };
    await doProposed(tx, ctx, caller, act, backing, now);
  });
}

function doProposed(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  act: ProposedAct,
  backing: Backing,
  now: Date,
): Promise<boolean> {
  switch (act.action) {
    case 'user.set-password':
      return setPasswordStep(tx, ctx, caller, act, true, backing, now);
    case 'user.change':
      return changeRoleStep(tx, ctx, caller, act, backing, now);
    case 'user.enable':
      return enableUserStep(tx, ctx, caller, act, backing, now);
    case 'user.disable':
      return disableUserStep(tx, ctx, caller, act, backing, now);
    case 'user.remove-second-factor':
      return removeSecondFactorStep(tx, ctx, caller, act, backing, now);
    case 'user.seize-items':
      return seizeItemsStep(tx, ctx, caller, act, backing, now);
    case 'group.add-member':
      return addMemberStep(tx, ctx, caller, act, backing, now);
    case 'group.enable':
      return enableGroupStep(tx, ctx, caller, act, backing, now);
  }
}

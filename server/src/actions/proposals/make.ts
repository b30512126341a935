import { type Caller, mustMay } from '../../domain/access.ts';
import type { AuditDetails } from '../../domain/audit.ts';
import { refuse } from '../../domain/errors.ts';
import { isSameAct, newProposal, type Proposal, type ProposedAct } from '../../domain/proposal.ts';
import { nextNumber } from '../../storage/counters.ts';
import { findProposal, insertProposal, listProposals } from '../../storage/proposals.ts';
import type { Tx } from '../../storage/transaction.ts';
import { activeAdmins } from '../../storage/users.ts';
import { recordAdmin } from '../record-admin.ts';
import type { RepeatMemory } from '../repeat.ts';
import type { Context } from '../safe.ts';
import { type ShownProposal, showProposal } from './shown.ts';

/** Done at once, or left to a second administrator: then `changed` is false and there is a proposal. */
export type Outcome = { changed: boolean; proposal: ShownProposal | null };

/** Who stands behind an act, for its audit entry: nothing where one person is enough. */
export type Backing = AuditDetails;

/**
 * Does what could become access to someone's items, or makes a proposal of it for a second administrator when there is
 * one. The operator of the host does it at once, and so does the only administrator; that he was alone is recorded.
 */
export async function doOrPropose(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  act: ProposedAct,
  now: Date,
  steps: (backing: Backing) => Promise<boolean>,
): Promise<Outcome> {
  if (caller.kind === 'operator') return done(await steps({}));
  const { user } = caller;
  const others = (await activeAdmins(tx)).filter((admin) => admin.id !== user.id);
  if (others.length === 0) return done(await steps({ alone: true }));
  return propose(tx, ctx, caller, user.id, act, now);
}

/**
 * Takes an administrator away, or makes a proposal of it where whoever asks would be the only one left: alone he would
 * need no second one for anything. The other himself may confirm it, one who is made meanwhile, or the operator does it.
 * Whoever steps down asks nobody.
 */
export async function doUnlessAloneAfter(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  act: Extract<ProposedAct, { action: 'user.disable' | 'user.change' }>,
  now: Date,
  steps: (backing: Backing) => Promise<boolean>,
): Promise<Outcome> {
  if (caller.kind === 'operator' || caller.user.id === act.userId) return done(await steps({}));
  const others = (await activeAdmins(tx)).filter((admin) => admin.id !== caller.user.id);
  const isLastOther = others.length === 1 && others[0]?.id === act.userId;
  return isLastOther ? propose(tx, ctx, caller, caller.user.id, act, now) : done(await steps({}));
}

async function propose(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  userId: number,
  act: ProposedAct,
  now: Date,
): Promise<Outcome> {
  const proposal = (await findWaiting(tx, act, now)) ?? (await makeProposal(tx, ctx, caller, userId, act, now));
  return { changed: false, proposal: await showProposal(tx, proposal, now) };
}

/** The outcome of an act that needed no second administrator. */
export function done(changed: boolean): Outcome {
  return { changed, proposal: null };
}

const waitingAtMost = 1000;

/** Asking for the same again must not fill the list. */
async function findWaiting(tx: Tx, act: ProposedAct, now: Date): Promise<Proposal | undefined> {
  const waiting = await listProposals(tx, 'waiting', Number.MAX_SAFE_INTEGER, waitingAtMost, now);
  if (waiting.length >= waitingAtMost) refuse('too_many_requests', { retryAfterSeconds: 3600 });
  return waiting.find((one) => isSameAct(one.act, act));
}

async function makeProposal(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  userId: number,
  act: ProposedAct,
  now: Date,
): Promise<Proposal> {
  const proposal = newProposal(await nextNumber(tx, 'proposal'), act, userId, now);
  await insertProposal(tx, proposal);
  recordAdmin(tx, ctx, caller, 'proposal.made', `proposal:${proposal.id}`, toldOf(act), now);
  return proposal;
}

/** What a proposal is about, as its audit entries tell it. */
export function toldOf(act: ProposedAct): AuditDetails {
  return {
    action: act.action,
    ...('groupId' in act ? { group: `group:${act.groupId}` } : {}),
    ...('userId' in act ? { user: `user:${act.userId}` } : {}),
    ...(act.action === 'user.change' ? { role: act.role } : {}),
    ...(act.action === 'user.seize-items' ? { heir: `user:${act.heirId}` } : {}),
  };
}

type Kept = { changed: boolean; proposal: number | null };

/** A repeated request hears of the same proposal, as it stands by then. */
export const outcomeMemory: RepeatMemory<Outcome> = {
  keep: ({ changed, proposal }): Kept => ({ changed, proposal: proposal?.id ?? null }),
  async rebuild(tx, caller, kept, now) {
    const { changed, proposal: id } = kept as Kept;
    if (id === null) return done(changed);
    mustMay('proposal.list', caller);
    const proposal = (await findProposal(tx, id)) ?? refuse('proposal_not_found', {});
    return { changed, proposal: await showProposal(tx, proposal, now) };
  },
};

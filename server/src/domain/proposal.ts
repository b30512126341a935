import { refuse } from './errors.ts';
import { isActiveAdmin, type Role, type User } from './user.ts';

/**
 * What could turn administration into access to someone's items, with all that it takes to do it: never a password in
 * clear. Whoever becomes an administrator could confirm it, and whoever is left alone needs nobody's word: so what makes
 * one is among them, and what takes the last other one away.
 */
export type ProposedAct =
  | { action: 'user.set-password'; userId: number; passwordHash: string }
  | { action: 'user.change'; userId: number; role: Role }
  | { action: 'user.enable'; userId: number }
  | { action: 'user.disable'; userId: number }
  | { action: 'user.remove-second-factor'; userId: number }
  | { action: 'user.seize-items'; userId: number; heirId: number }
  | { action: 'group.add-member'; groupId: number; userId: number }
  | { action: 'group.enable'; groupId: number };

export const proposedActions = [
  'user.set-password',
  'user.change',
  'user.enable',
  'user.disable',
  'user.remove-second-factor',
  'user.seize-items',
  'group.add-member',
  'group.enable',
] as const satisfies readonly ProposedAct['action'][];

/** What one administrator wishes and another one must confirm. */
export type Proposal = {
  id: number;
  act: ProposedAct;
  /** Id of the user who made it. */
  proposedBy: number;
  createdAt: Date;
  endsAt: Date;
  decision: Decision | null;
};

export type Decision = { by: number; at: Date; outcome: 'confirmed' | 'rejected' };

export const proposalStates = ['waiting', 'confirmed', 'rejected', 'ended'] as const;
type ProposalState = (typeof proposalStates)[number];

const lifeMilliseconds = 7 * 86_400_000;

export function newProposal(id: number, act: ProposedAct, proposedBy: number, now: Date): Proposal {
  return { id, act, proposedBy, createdAt: now, endsAt: new Date(+now + lifeMilliseconds), decision: null };
}

/** A proposal ends by itself: when its time is over, or while whoever made it is no active administrator. */
export function stateOf({ decision, endsAt }: Proposal, proposer: User, now: Date): ProposalState {
  if (decision) return decision.outcome;
  return endsAt > now && isActiveAdmin(proposer) ? 'waiting' : 'ended';
}

/** The proposal after its decision, which is made once. A password's hash goes with it. */
export function decided(proposal: Proposal, proposer: User, decision: Decision): Proposal {
  if (stateOf(proposal, proposer, decision.at) !== 'waiting') refuse('proposal_decided', {});
  if (decision.outcome === 'confirmed' && decision.by === proposer.id) refuse('proposal_by_self', {});
  const { act } = proposal;
  const kept = act.action === 'user.set-password' ? { ...act, passwordHash: '' } : act;
  return { ...proposal, act: kept, decision };
}

/** Would both do the same? Two passwords are never the same. */
export function isSameAct(a: ProposedAct, b: ProposedAct): boolean {
  const told = (act: ProposedAct) => JSON.stringify(Object.entries(act).sort());
  return told(a) === told(b);
}

import { refuse } from '../../domain/errors.ts';
import { type Proposal, type ProposedAct, stateOf } from '../../domain/proposal.ts';
import type { Role, User } from '../../domain/user.ts';
import { groupsOf } from '../../storage/groups.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { usersOf } from '../../storage/users.ts';

/** A proposal as administrators see it: who wishes what for whom, never a secret. */
export type ShownProposal = {
  id: number;
  action: ProposedAct['action'];
  state: ReturnType<typeof stateOf>;
  proposedBy: string;
  /** Whom it is about, and which group; null where it is about none. */
  username: string | null;
  groupId: number | null;
  group: string | null;
  /** The role that he is to have, of `user.change`. */
  role: Role | null;
  /** Who is to own the items, of `user.seize-items`. */
  heir: string | null;
  createdAt: Date;
  endsAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
};

export async function showProposals(tx: ReadTx, proposals: readonly Proposal[], now: Date): Promise<ShownProposal[]> {
  const groups = await groupsOf(
    tx,
    proposals.flatMap(({ act }) => ('groupId' in act ? [act.groupId] : [])),
  );
  const users = await usersOf(
    tx,
    proposals.flatMap(({ act, proposedBy, decision }) => [
      proposedBy,
      ...('userId' in act ? [act.userId] : []),
      ...('heirId' in act ? [act.heirId] : []),
      ...(decision ? [decision.by] : []),
    ]),
  );
  return proposals.map((proposal) => {
    const { id, act, createdAt, endsAt, decision } = proposal;
    const proposer = knownUser(users, proposal.proposedBy);
    const group = 'groupId' in act ? groups.get(act.groupId) : undefined;
    return {
      id,
      action: act.action,
      state: stateOf(proposal, proposer, now),
      proposedBy: proposer.username,
      username: 'userId' in act ? knownUser(users, act.userId).username : null,
      groupId: group?.id ?? null,
      group: group?.name ?? null,
      role: act.action === 'user.change' ? act.role : null,
      heir: 'heirId' in act ? knownUser(users, act.heirId).username : null,
      createdAt,
      endsAt,
      decidedBy: decision ? knownUser(users, decision.by).username : null,
      decidedAt: decision?.at ?? null,
    };
  });
}

export async function showProposal(tx: ReadTx, proposal: Proposal, now: Date): Promise<ShownProposal> {
  const [shown] = await showProposals(tx, [proposal], now);
  return shown as ShownProposal;
}

/** A user is never removed. */
export function knownUser(users: ReadonlyMap<number, User>, id: number): User {
  return users.get(id) ?? refuse('integrity_broken', { table: 'users', row: String(id) });
}

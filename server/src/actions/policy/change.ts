import { type Caller, mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { changedPolicy, needsSecondFactor, type Policy, type PolicyDraft } from '../../domain/policy.ts';
import { findUserGroup } from '../../storage/groups.ts';
import { loadPolicyForUpdate, savePolicy } from '../../storage/policy.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { findUser } from '../../storage/users.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { type KeyMakers, type ShownPolicy, shownPolicy } from './read.ts';

export type PolicyChange = Omit<PolicyDraft, 'keyMakers'> & { keyMakers?: KeyMakers | undefined };

/** Changes what is settled for all, if it still has that revision (null for any). Counts from the next call on. */
export function changePolicy(ctx: Context, change: PolicyChange, revision: number | null): Promise<ShownPolicy> {
  return act(ctx, { action: 'policy.change', target: null }, async (tx, caller, now) => {
    mustMay('policy.change', caller);
    const before = await loadPolicyForUpdate(tx);
    if (revision !== null && revision !== before.revision) {
      return refuse('revision_stale', { revision: before.revision, open: null });
    }
    const keyMakers = change.keyMakers && (await keyMakersOf(tx, change.keyMakers));
    const { policy, fields } = changedPolicy(before, { ...change, keyMakers });
    if (fields.length === 0) return shownPolicy(tx, policy);
    mustStayIn(policy, caller);
    await savePolicy(tx, policy, now);
    recordAdmin(tx, ctx, caller, 'policy.changed', null, { address: ctx.origin.address, fields }, now);
    return shownPolicy(tx, policy);
  });
}

/** An administrator who asks others for a second factor has one himself, or he would shut himself out. */
function mustStayIn(policy: Policy, caller: Caller): void {
  if (caller.kind === 'session' && needsSecondFactor(policy, caller.user) && !caller.session.secondFactor) {
    refuse('field_invalid', {
      field: 'secondFactor',
      why: 'would ask you for one too: enrol it in your profile first',
    });
  }
}

/** Each once, as it is stored. Every name that nobody has is refused by name. */
async function keyMakersOf(tx: ReadTx, { everyone, users, groups }: KeyMakers): Promise<Policy['keyMakers']> {
  const errors: { field: string; why: string }[] = [];
  const known = { users: new Set<string>(), groups: new Set<number>() };
  for (const [at, name] of users.entries()) {
    const user = await findUser(tx, name.trim().toLowerCase());
    if (user) known.users.add(user.username);
    else errors.push({ field: `keyMakers.users.${at}`, why: `there is no user ${name}` });
  }
  for (const [at, name] of groups.entries()) {
    const group = await findUserGroup(tx, name);
    if (group) known.groups.add(group.id);
    else errors.push({ field: `keyMakers.groups.${at}`, why: `there is no user group ${name}` });
  }
  if (errors.length > 0) refuse('request_invalid', { errors });
  return { everyone, users: [...known.users].sort(), groups: [...known.groups].sort((a, b) => a - b) };
}

import { mustMay } from '../../domain/access.ts';
import type { Policy } from '../../domain/policy.ts';
import { groupsOf } from '../../storage/groups.ts';
import { loadPolicy } from '../../storage/policy.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';

/** Users and user groups by name, each list in order. */
export type KeyMakers = { everyone: boolean; users: readonly string[]; groups: readonly string[] };
/** The policy as people read it. */
export type ShownPolicy = Omit<Policy, 'keyMakers'> & { keyMakers: KeyMakers };

/** What administrators have settled; open to everyone who signed in. */
export function readPolicy(ctx: Context): Promise<ShownPolicy> {
  return actReading(ctx, { action: 'policy.read', target: null }, async (tx, caller) => {
    mustMay('policy.read', caller);
    return shownPolicy(tx, await loadPolicy(tx));
  });
}

export async function shownPolicy(tx: ReadTx, policy: Policy): Promise<ShownPolicy> {
  const { keyMakers } = policy;
  const known = await groupsOf(tx, keyMakers.groups);
  const groups = [...known.values()].map(({ name }) => name).sort();
  return { ...policy, keyMakers: { ...keyMakers, groups } };
}

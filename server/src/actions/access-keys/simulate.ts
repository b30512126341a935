import type { Caller, ItemAction } from '../../domain/access.ts';
import { type ItemReference, readFingerprint } from '../../domain/access-key.ts';
import { isOnItem, type Question, type Reason, reasonsAgainst } from '../../domain/access-key-simulation.ts';
import { knownAddress } from '../../domain/address.ts';
import { isRefusal, refuse } from '../../domain/errors.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { usersOf } from '../../storage/users.ts';
import { actReading } from '../act.ts';
import { loadItem } from '../items/load-item.ts';
import type { Context } from '../safe.ts';
import { loadKey, targetOf } from './load-key.ts';

export type Simulation = {
  id: number;
  /** Null for the address that asks. */
  address: string | null;
  referer: string | null;
  /** SHA-256 of a client certificate in hex; null for none. */
  fingerprint: string | null;
  act: ItemAction | null;
  item: ItemReference | null;
  /** Would the call bring a reason? */
  isJustified: boolean;
};

/** Whether a call with this key would work now, and everything that stands against it. Does and records nothing. */
export function simulateKey(ctx: Context, input: Simulation): Promise<{ works: boolean; reasons: Reason[] }> {
  const attempt = { action: 'access-key.simulate', target: targetOf(input) } as const;
  return actReading(ctx, attempt, async (tx, caller, now) => {
    const { key } = await loadKey(tx, 'access-key.simulate', caller, input, 'none');
    const { act, item, isJustified } = input;
    mustFit(act, item);
    const owner = (await usersOf(tx, [key.ownerId])).get(key.ownerId);
    if (!owner) return refuse('integrity_broken', { table: 'users', row: String(key.ownerId) });
    const origin = {
      address: input.address === null ? ctx.origin.address : readAddress(input.address),
      referer: input.referer,
      fingerprint: readFingerprint(input.fingerprint),
    };
    const found = item && (await find(tx, { kind: 'key', user: owner, key }, item, now));
    const reasons = reasonsAgainst({ key, owner, origin, act, item, found, isJustified }, now);
    return { works: reasons.length === 0, reasons };
  });
}

function mustFit(act: ItemAction | null, item: ItemReference | null): void {
  const needsItem = act !== null && isOnItem(act);
  if (needsItem && !item) refuse('field_missing', { field: 'item' });
  if (!needsItem && item) refuse('field_invalid', { field: 'item', why: 'is of no use without an action on an item' });
}

function readAddress(text: string): string {
  const address = knownAddress(text.trim());
  return address === 'unknown'
    ? refuse('field_invalid', { field: 'address', why: 'must be an IPv4 or IPv6 address' })
    : address;
}

async function find(
  tx: ReadTx,
  caller: Caller,
  { kind, number }: ItemReference,
  now: Date,
): Promise<Question['found']> {
  try {
    return await loadItem(tx, caller, { kind, number: String(number) }, 'none', now);
  } catch (thrown) {
    if (isRefusal(thrown, 'item_not_found')) return null;
    throw thrown;
  }
}

import { type Counter, nextOn } from './sequences.ts';
import type { Tx } from './transaction.ts';

/** The next number of a kind of item, or the next id of a user, group or access key. Never given twice. */
export async function nextNumber(tx: Tx, counter: Counter): Promise<number> {
  return nextOn(await tx.writing(), counter);
}

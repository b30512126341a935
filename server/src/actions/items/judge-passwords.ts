import type { Strength } from '../../domain/strength.ts';
import { findItem, openContent } from '../../storage/items.ts';
import { inTurn } from '../../storage/job-turn.ts';
import { saveStrength, unjudgedPasswords } from '../../storage/strengths.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { submit } from '../act.ts';
import type { Context } from '../safe.ts';

const slice = 50;

/**
 * Judges how strong some passwords are that nobody judged yet, outside any transaction, and stores it. They come after
 * that number; gives after which to go on, null at the end, or nothing while another node is at it. Done by the safe
 * itself; no secret leaves, so none is recorded.
 */
export function judgePasswords(ctx: Context, after: number): Promise<{ next: number | null } | null> {
  return ctx.safe.store.read((tx) => inTurn(tx, 'judge-passwords', () => judgeSome(ctx, tx, after)));
}

async function judgeSome(ctx: Context, tx: ReadTx, after: number): Promise<{ next: number | null }> {
  const { judge } = ctx.safe;
  const { numbers, next } = await unjudgedPasswords(tx, after, slice);
  const found = [];
  for (const number of numbers) {
    const item = await findItem(tx, 'password', number, 'none');
    if (item) found.push({ number, version: item.head.version, password: String(openContent(tx, item).password) });
  }
  const judged: { number: number; version: number; strength: Strength }[] = [];
  for (const { number, version, password } of found) {
    judged.push({ number, version, strength: await judge(password) });
  }
  if (judged.length > 0) {
    await submit(ctx, { action: 'safe.tend', target: null }, { caller: null, account: '' }, async (tx) => {
      // A newer version is found by the next walk: what is judged counts for its own version alone.
      for (const { number, version, strength } of judged) await saveStrength(tx, number, version, strength);
    });
  }
  return { next };
}

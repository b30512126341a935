import { sealWarning } from '../../domain/rotation.ts';
import { record } from '../../storage/audit.ts';
import { isPepperNamed } from '../../storage/key-use.ts';
import { holdKeys } from '../../storage/live-keys.ts';
import { type ListedKey, listKeys, removeKey } from '../../storage/safe-keys.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { submit } from '../act.ts';
import type { Context } from '../safe.ts';
import { dataKeyUses } from './list.ts';

/** No token lives longer, whatever the settings of any node say; with a minute for clocks that differ. */
const longestToken = 86_400_000 + 60_000;
/** A password that was hashed just before the pepper was replaced is stored by then. */
const hashing = 3_600_000;

/**
 * Takes away replaced keys that nothing needs any more: of tokens once all have expired, peppers once everybody has signed
 * in. Warns when the current data key has been used so often that a next one is due.
 */
export async function tendSafeKeys(ctx: Context): Promise<void> {
  const { safe } = ctx;
  const { idle, uses } = await safe.store.read(async (tx) => {
    const keys = await listKeys(tx);
    return { idle: await idleKeys(tx, keys, safe.clock()), uses: await dataKeyUses(tx, keys) };
  });
  if (uses > sealWarning) {
    safe.log.warn({ uses }, 'the data key was used for more than 2^31 sealings: replace it with `arca rotate data`');
  }
  if (idle.length === 0) return;
  const known = { caller: null, account: '' };
  await submit(ctx, { action: 'safe.tend', target: null }, known, async (tx, now) => {
    await holdKeys(tx);
    const keys = await listKeys(tx);
    for (const key of await idleKeys(tx, keys, now)) {
      await removeKey(tx, key, null, now);
      const nobody = { userId: null, accessKeyId: null };
      const details = { purpose: key.purpose };
      record(tx, { event: 'safe-key.retired', ...nobody, target: `safe-key:${key.id}`, details }, now, ctx.requestId);
    }
  });
}

async function idleKeys(tx: ReadTx, keys: readonly ListedKey[], now: Date): Promise<ListedKey[]> {
  const idle: ListedKey[] = [];
  for (const key of keys) {
    const age = key.replacedAt === null ? 0 : +now - +key.replacedAt;
    if (key.purpose === 'token-signing' && age > longestToken) idle.push(key);
    if (key.purpose === 'pepper' && age > hashing && !(await isPepperNamed(tx, key.id, now))) idle.push(key);
  }
  return idle;
}

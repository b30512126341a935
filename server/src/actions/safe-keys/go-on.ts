import { signKeyLink } from '../../crypto/audit-key-link.ts';
import { auditDetailsKey } from '../../crypto/row-seal.ts';
import type { Rotation } from '../../domain/rotation.ts';
import { record } from '../../storage/audit.ts';
import { countEntries, countRows, isDataKeyNamed } from '../../storage/key-use.ts';
import { holdKeys } from '../../storage/live-keys.ts';
import { indexWalk, macWalk, sealedTables, sealedWalk, versionWalk, type Walk } from '../../storage/rewrite-rows.ts';
import { findLastRotation, saveRotation, takeRunningRotation } from '../../storage/rotations.ts';
import { takeSlice } from '../../storage/row-walk.ts';
import { type KeyLink, type ListedKey, listKeys, promoteKey, removeKey } from '../../storage/safe-keys.ts';
import { type AuthorityTable, authorityColumns } from '../../storage/tables.ts';
import type { Tx } from '../../storage/transaction.ts';
import { submit } from '../act.ts';
import type { Context } from '../safe.ts';
import { purposesOf } from './purposes.ts';

/** `more`: there is more to do at once; `later`: something must pass first; `idle`: nothing is under way. */
export type Progress = 'more' | 'later' | 'idle';

/**
 * How long a next key is known before it is written with. Longer than other nodes go on reading with keys that they
 * looked at before, and than a read lasts; the embedded store has no other nodes.
 */
const announcedMilliseconds = 2500;

/**
 * Does the next step of the rotation that is under way, in a transaction of its own. What a step has done is stored with
 * it, so that any process can do the next one. `waited` is since when this process knows of the announcement.
 */
export async function goOnRotating(ctx: Context, waited: Map<number, number>): Promise<Progress> {
  const rotation = await ctx.safe.store.read(findLastRotation);
  if (!rotation || rotation.finishedAt !== null || rotation.what === 'root') return 'idle';
  if (rotation.phase === 'announced' && !hasWaited(ctx, rotation, waited)) return 'later';
  const named = rotation.phase === 'retiring' ? await namedKeys(ctx, rotation) : [];
  const known = { caller: null, account: '' };
  return submit(ctx, { action: 'safe.tend', target: null }, known, async (tx, now) => {
    const taken = await takeRunningRotation(tx);
    // Another node is at it, or was faster.
    if (!taken || taken.id !== rotation.id || taken.phase !== rotation.phase) return 'later';
    if (taken.phase === 'announced') await promote(tx, ctx, taken, now);
    else if (taken.phase === 'rewriting') return rewrite(tx, ctx, taken);
    else await finish(tx, ctx, taken, named, now);
    return 'more';
  });
}

function hasWaited(ctx: Context, { id }: Rotation, waited: Map<number, number>): boolean {
  if (ctx.safe.store.engine === 'sqlite') return true;
  const since = waited.get(id) ?? performance.now();
  waited.set(id, since);
  return performance.now() - since >= announcedMilliseconds;
}

/** The tables that a rotation rewrites, in their order. */
function walksOf({ what, reseal }: Rotation): Walk[] {
  switch (what) {
    case 'data':
      return [versionWalk(reseal), ...sealedTables.map(sealedWalk)];
    case 'index':
      return [indexWalk];
    case 'rows':
      return (Object.keys(authorityColumns) as AuthorityTable[]).map(macWalk);
    default:
      return [];
  }
}

async function promote(tx: Tx, ctx: Context, rotation: Rotation, now: Date): Promise<void> {
  await holdKeys(tx);
  const keys = await listKeys(tx);
  const entries = await countEntries(tx);
  for (const purpose of purposesOf[rotation.what as keyof typeof purposesOf]) {
    const next = keys.find((key) => key.purpose === purpose && key.rank === 0);
    if (!next) continue;
    await promoteKey(tx, purpose, entries, purpose === 'audit-signing' ? linkTo(tx, next, now) : null, now);
    const publicKey = next.publicKey && Buffer.from(next.publicKey).toString('base64');
    const details = { rotation: rotation.id, purpose, ...(publicKey === null ? {} : { publicKey }) };
    recordKey(tx, ctx, 'safe-key.replaced', next, details, now);
  }
  let total = 0;
  for (const { table } of walksOf(rotation)) total += await countRows(tx, table);
  await saveRotation(tx, { ...rotation, phase: 'rewriting', total });
}

/** The audit key of now signs the next one, so that whoever noted one of them can follow to those after it. */
function linkTo(tx: Tx, next: ListedKey, now: Date): KeyLink | null {
  const [current] = tx.ring.auditSigning;
  if (!next.publicKey) return null;
  const claim = { safeId: tx.ring.safeId, to: next.id, publicKey: next.publicKey, at: now.getTime() };
  return { by: current.id, at: now, signature: signKeyLink(current, claim) };
}

async function rewrite(tx: Tx, ctx: Context, rotation: Rotation): Promise<Progress> {
  const { place } = rotation;
  const walk = walksOf(rotation)[place.walk];
  if (!walk) {
    await saveRotation(tx, { ...rotation, phase: 'retiring' });
    return 'more';
  }
  const slice = await takeSlice(tx, walk, place);
  const broken = await walk.rewrite(tx, slice.rows);
  for (const row of broken) {
    const name = walk.key.map((column) => (row[column] instanceof Uint8Array ? '' : row[column])).join(':');
    ctx.safe.log.error(
      { table: walk.table, row: name },
      'a row is not as it was stored; the rotation leaves it as it is',
    );
  }
  const next = slice.isEnd
    ? { walk: place.walk + 1, after: null, left: [] }
    : { walk: place.walk, after: slice.after, left: slice.left };
  const done = rotation.done + slice.rows.length;
  // Rows that were made since are walked through, too.
  const total = Math.max(rotation.total, done);
  await saveRotation(tx, { ...rotation, place: next, done, total, broken: rotation.broken + broken.length });
  // What others hold is free in a moment.
  return slice.rows.length === 0 && !slice.isEnd ? 'later' : 'more';
}

/** Data keys that are still needed. None of them can be named anew: all transactions write with the current one. */
async function namedKeys({ safe }: Context, { what }: Rotation): Promise<string[]> {
  if (what !== 'data') return [];
  return safe.store.read(async (tx) => {
    const named: string[] = [];
    for (const { id, purpose } of (await listKeys(tx)).filter(isReplaced)) {
      if (purpose === 'data' && (await isDataKeyNamed(tx, id))) named.push(id);
    }
    return named;
  });
}

const isReplaced = ({ rank, replacedAt }: ListedKey): boolean => rank > 0 && replacedAt !== null;

async function finish(tx: Tx, ctx: Context, rotation: Rotation, named: readonly string[], now: Date): Promise<void> {
  await holdKeys(tx);
  // Rows that did not open may yet be mended by hand: then they need the key that they were written with.
  const mayRetire = rotation.what === 'data' || rotation.broken === 0;
  const purposes = purposesOf[rotation.what as keyof typeof purposesOf];
  let kept = 0;
  for (const key of (await listKeys(tx)).filter(isReplaced)) {
    if (!purposes.includes(key.purpose)) continue;
    if (!mayRetire || named.includes(key.id)) kept += 1;
    else if (await retire(tx, ctx, key, now))
      recordKey(tx, ctx, 'safe-key.retired', key, { purpose: key.purpose }, now);
  }
  await saveRotation(tx, { ...rotation, phase: 'finished', finishedAt: now });
  const { what, done, broken } = rotation;
  const nobody = { userId: null, accessKeyId: null };
  const details = { what, rows: done, broken, kept };
  const target = `rotation:${rotation.id}`;
  record(tx, { event: 'safe-key.rotation-finished', ...nobody, target, details }, now, ctx.requestId);
}

/** False for keys that something outside the store still needs: tokens until they expire, passwords until a sign-in. */
async function retire(tx: Tx, { safe }: Context, key: ListedKey, now: Date): Promise<boolean> {
  switch (key.purpose) {
    case 'data': {
      const opened = safe.ring.data.find(({ id }) => id === key.id);
      if (!opened) return false;
      const rest = { id: key.id, purpose: 'audit-details' as const, publicKey: null };
      await removeKey(tx, key, safe.keys.leave(rest, auditDetailsKey(safe.ring, opened)), now);
      return true;
    }
    case 'audit-signing': {
      if (!key.publicKey) return false;
      const rest = { id: key.id, purpose: 'audit-verifying' as const, publicKey: key.publicKey };
      await removeKey(tx, key, safe.keys.leave(rest, Uint8Array.from(key.publicKey)), now);
      return true;
    }
    case 'index':
    case 'row-mac':
      await removeKey(tx, key, null, now);
      return true;
    default:
      return false;
  }
}

function recordKey(
  tx: Tx,
  ctx: Context,
  event: 'safe-key.replaced' | 'safe-key.retired',
  key: ListedKey,
  details: Parameters<typeof record>[1]['details'],
  now: Date,
): void {
  const nobody = { userId: null, accessKeyId: null };
  record(tx, { event, ...nobody, target: `safe-key:${key.id}`, details }, now, ctx.requestId);
}

import { makeBlobKey, storedBytes } from '../../crypto/blob-seal.ts';
import { takeRandom } from '../../crypto/random-pool.ts';
import { type Caller, mustBePerson, mustMay } from '../../domain/access.ts';
import { Refusal } from '../../domain/errors.ts';
import type { FieldValues } from '../../domain/fields.ts';
import type { ImportRow } from '../../domain/import.ts';
import { type FileContent, mustHaveRoom } from '../../domain/upload.ts';
import { doomBlobs, importTag, insertBlob, keepBlobs, releaseBlobs, roomUsed } from '../../storage/blobs.ts';
import type { Tx } from '../../storage/transaction.ts';
import { type Attempt, act, submit } from '../act.ts';
import { storeBlob } from '../files/store-blob.ts';
import type { Context } from '../safe.ts';

/** A row that is to make a file, or to change one, and the bytes that came for it. */
export type BroughtFile = { row: ImportRow; bytes: Uint8Array };

const atOnce = 8;
const mostFiles = 5000;
const day = 24 * 3_600_000;

/**
 * Stores the bytes that a plan brings, each sealed in a blob of its own, and puts what an item is to hold of them into its
 * row. Their room is reserved from here on; one that has none is rejected. Blobs that no item takes are collected.
 */
export async function storeBrought(ctx: Context, attempt: Attempt, files: readonly BroughtFile[]): Promise<void> {
  for (const { row } of files.slice(mostFiles)) reject(row, `more than ${mostFiles} files in one import`);
  const stored: string[] = [];
  try {
    for (let at = 0; at < Math.min(files.length, mostFiles); at += atOnce) {
      const admitted = await reserve(ctx, attempt, files.slice(at, Math.min(at + atOnce, mostFiles)));
      stored.push(...admitted.map(({ blob }) => blob));
      const ended = await Promise.allSettled(admitted.map((one) => store(ctx, one)));
      for (const one of ended) if (one.status === 'rejected') throw one.reason;
    }
  } catch (thrown) {
    await dropBlobs(ctx, stored);
    throw thrown;
  }
}

type Admitted = BroughtFile & { blob: string };

/** Makes the blobs of those that have room known, before their first byte is written. */
async function reserve(ctx: Context, attempt: Attempt, files: readonly BroughtFile[]): Promise<Admitted[]> {
  const named = files.map((file) => ({ ...file, blob: takeRandom(16).toString('hex') }));
  const refused = await act(ctx, attempt, async (tx, caller, now) => {
    const userId = planner(caller);
    const used = { ...(await roomUsed(tx, userId, true)), uploads: 0 };
    const reasons: (string | null)[] = [];
    for (const { blob, bytes } of named) {
      const size = storedBytes(bytes.length);
      const reason = whyNoRoom(size, used, ctx);
      reasons.push(reason);
      if (reason !== null) continue;
      used.byUser += size;
      used.inAll += size;
      await insertBlob(tx, { id: blob, userId, uploadId: importTag(blob), bytes: size }, now);
    }
    return reasons;
  });
  return named.filter(({ row }, at) => {
    const reason = refused[at] ?? null;
    if (reason !== null) reject(row, reason);
    return reason === null;
  });
}

function planner(caller: Caller): number {
  mustMay('import.plan', caller);
  return mustBePerson(caller).user.id;
}

function whyNoRoom(size: number, used: Parameters<typeof mustHaveRoom>[1], ctx: Context): string | null {
  try {
    mustHaveRoom(size, used, ctx.safe.fileLimits);
    return null;
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return thrown.details.of === 'user' ? 'no room left for your files' : 'no room left for files in this safe';
  }
}

function reject(row: ImportRow, reason: string): void {
  Object.assign(row, { verdict: 'rejected', reason, number: null, revision: null, content: null });
}

async function store(ctx: Context, { row, bytes, blob }: Admitted): Promise<void> {
  const key = makeBlobKey();
  const length = bytes.length;
  async function* all() {
    yield bytes;
  }
  try {
    await storeBlob(ctx, { blob, key, length, bytes: all() });
    const content: FileContent = { size: length, parts: [{ blob, key: key.toString('base64'), length }] };
    row.content = { ...row.content, content };
  } finally {
    key.fill(0);
  }
}

/** What cannot be told now is collected a day later: no item takes it. */
async function dropBlobs(ctx: Context, ids: readonly string[]): Promise<void> {
  const known = { caller: null, account: '' };
  await submit(ctx, { action: 'safe.tend', target: null }, known, async (tx, now) => {
    for (const id of ids) await doomBlobs(tx, importTag(id), now);
  }).catch(() => undefined);
}

/** The blobs of a row become those of the item that is made of it. False when one is there no more. */
export async function keepBrought(tx: Tx, content: FieldValues, now: Date): Promise<boolean> {
  for (const id of blobsOf(content)) if (!(await keepBlobs(tx, importTag(id), [id], now))) return false;
  return true;
}

/** No item takes what came for this row. */
export async function dropBrought(tx: Tx, content: FieldValues | null, now: Date): Promise<void> {
  for (const id of blobsOf(content ?? {})) await doomBlobs(tx, importTag(id), now);
}

/** The item that held this content is removed. A backup may still read it: it goes a day later. */
export async function releaseContent(tx: Tx, content: FieldValues, now: Date): Promise<void> {
  await releaseBlobs(tx, blobsOf(content), new Date(+now + day));
}

function blobsOf({ content }: FieldValues): string[] {
  return ((content as FileContent | null | undefined)?.parts ?? []).map(({ blob }) => blob);
}

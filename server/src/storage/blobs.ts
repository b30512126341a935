import { type SelectQueryBuilder, sql } from 'kysely';
import { fromDate } from './column-forms.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

/** What counts against quotas, in bytes: what is kept, and what uploads under way and plans of imports have reserved. */
export type RoomUsed = { byUser: number; inAll: number; uploads: number };

/** Stands for the upload of a blob that the plan of an import has brought: no upload has such a name. */
export const importTag = (blob: string): string => `import${blob}`;
// A range of the index in every collation: uploads are named in hex.
const [plannedFrom, plannedTo] = ['import', 'imporu'];

/** Made known before its first byte is written: whatever becomes of that, somebody knows of it. */
export async function insertBlob(
  tx: Tx,
  blob: { id: string; userId: number; uploadId: string; bytes: number },
  now: Date,
): Promise<void> {
  await insert.run(await tx.writing(), { ...blob, createdAt: fromDate(now) });
}

/** An item has taken the upload: what it names is kept for good, what else was tried for it is doomed. False when one is gone. */
export async function keepBlobs(tx: Tx, uploadId: string, ids: readonly string[], now: Date): Promise<boolean> {
  const on = await tx.writing();
  for (const id of ids) if (!(await keep.first(on, { id, uploadId, now: fromDate(now) }))) return false;
  await doomOthers.run(on, { uploadId, now: fromDate(now) });
  return true;
}

/** All that was stored for an upload which is given up. */
export async function doomBlobs(tx: Tx, uploadId: string, now: Date): Promise<void> {
  await doomOthers.run(await tx.writing(), { uploadId, now: fromDate(now) });
}

/** The item that kept these is gone: they go an hour after that moment. */
export async function releaseBlobs(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  const on = await tx.writing();
  for (const id of ids) await release.run(on, { id, at: fromDate(at) });
}

/** Blobs that no item took and whose upload is gone, as a restore or the plan of an import leaves them. */
export async function doomStrays(tx: Tx, begunBefore: Date, now: Date): Promise<void> {
  await strays.run(await tx.writing(), { before: fromDate(begunBefore), now: fromDate(now) });
}

/** Ids of those doomed before then; never of one that an item keeps. */
export async function doomedBlobs(tx: ReadTx, before: Date, most: number): Promise<string[]> {
  return (await doomed.all(tx.on, { before: fromDate(before), most })).map(({ id }) => id);
}

/** Forgets a blob that is stored no more; never one that an item keeps. */
export async function deleteBlob(tx: Tx, id: string): Promise<void> {
  await remove.run(await tx.writing(), { id });
}

/** Of blobs that are kept by items. */
export async function keptBlobs(tx: ReadTx, after: string, most: number): Promise<{ id: string; bytes: number }[]> {
  return await kept.all(tx.on, { after, most });
}

/**
 * What counts at this moment. In a transaction that is to add to it nobody else adds meanwhile: `hold`.
 */
export async function roomUsed(tx: ReadTx, userId: number, hold: boolean): Promise<RoomUsed> {
  // Any number that other locks do not have; the embedded store has one writer.
  if (hold && tx.on.engine === 'postgres') await tx.on.all('select pg_advisory_xact_lock($1)', [7_717_005]);
  const [own] = await ofUser.all(tx.on, { userId });
  const [all] = await ofAll.all(tx.on, {});
  const [open] = await underWay.all(tx.on, { userId });
  return { byUser: Number(own?.bytes ?? 0), inAll: Number(all?.bytes ?? 0), uploads: Number(open?.uploads ?? 0) };
}

/** Bytes of all that is kept. */
export async function keptBytes(tx: ReadTx): Promise<number> {
  const [row] = await allKept.all(tx.on, {});
  return Number(row?.bytes ?? 0);
}

const insert = statement((db, p: { id: string; userId: number; uploadId: string; bytes: number; createdAt: number }) =>
  db
    .insertInto('blobs')
    .values({ id: p.id, user_id: p.userId, upload_id: p.uploadId, bytes: p.bytes, created_at: p.createdAt }),
);

const keep = statement((db, p: { id: string; uploadId: string; now: number }) =>
  db
    .updateTable('blobs')
    .set({ kept_at: p.now })
    .where('id', '=', p.id)
    .where('upload_id', '=', p.uploadId)
    .where('doomed_at', 'is', null)
    .returning('id'),
);

const doomOthers = statement((db, p: { uploadId: string; now: number }) =>
  db
    .updateTable('blobs')
    .set({ doomed_at: p.now })
    .where('upload_id', '=', p.uploadId)
    .where('kept_at', 'is', null)
    .where('doomed_at', 'is', null),
);

const release = statement((db, p: { id: string; at: number }) =>
  db
    .updateTable('blobs')
    .set({ kept_at: null, doomed_at: p.at })
    .where('id', '=', p.id)
    .where('kept_at', 'is not', null),
);

const strays = statement((db, p: { before: number; now: number }) =>
  db
    .updateTable('blobs')
    .set({ doomed_at: p.now })
    .where('kept_at', 'is', null)
    .where('doomed_at', 'is', null)
    .where('created_at', '<', p.before)
    .where('upload_id', 'not in', (query) => query.selectFrom('uploads').select('id')),
);

const doomed = statement((db, p: { before: number; most: number }) =>
  db
    .selectFrom('blobs')
    .select('id')
    .where('kept_at', 'is', null)
    .where('doomed_at', '<', p.before)
    .orderBy('doomed_at')
    .limit(p.most),
);

const remove = statement((db, p: { id: string }) =>
  db.deleteFrom('blobs').where('id', '=', p.id).where('kept_at', 'is', null),
);

const kept = statement((db, p: { after: string; most: number }) =>
  db
    .selectFrom('blobs')
    .select(['id', 'bytes'])
    .where('kept_at', 'is not', null)
    .where('id', '>', p.after)
    .orderBy('id')
    .limit(p.most),
);

const sumOf = (column: 'bytes' | 'reserved') => sql<number>`coalesce(sum(${sql.ref(column)}), 0)`;

/** Of these, what plans have brought and no item has taken. */
const plannedOf = (some: SelectQueryBuilder<Tables, 'blobs', { n: number }>) =>
  some
    .where('kept_at', 'is', null)
    .where('doomed_at', 'is', null)
    .where('upload_id', '>=', plannedFrom)
    .where('upload_id', '<', plannedTo);

const ofUser = statement((db, p: { userId: number }) =>
  db.selectNoFrom((query) => {
    const kept = query.selectFrom('blobs').select(sumOf('bytes').as('n')).where('user_id', '=', p.userId);
    const reserved = query.selectFrom('uploads').select(sumOf('reserved').as('n')).where('user_id', '=', p.userId);
    const brought = plannedOf(kept);
    return sql<number>`${kept.where('kept_at', 'is not', null)} + ${reserved} + ${brought}`.as('bytes');
  }),
);

const ofAll = statement((db) =>
  db.selectNoFrom((query) => {
    const kept = query.selectFrom('blobs').select(sumOf('bytes').as('n'));
    const reserved = query.selectFrom('uploads').select(sumOf('reserved').as('n'));
    const brought = plannedOf(kept);
    return sql<number>`${kept.where('kept_at', 'is not', null)} + ${reserved} + ${brought}`.as('bytes');
  }),
);

const underWay = statement((db, p: { userId: number }) =>
  db
    .selectFrom('uploads')
    .select((query) => query.fn.countAll<number>().as('uploads'))
    .where('user_id', '=', p.userId),
);

const allKept = statement((db) =>
  db.selectFrom('blobs').select(sumOf('bytes').as('bytes')).where('kept_at', 'is not', null),
);

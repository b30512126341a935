import { paddedBytes } from '../crypto/blob-seal.ts';
import { openColumn, sealColumn } from '../crypto/row-seal.ts';
import type { FilePart, Upload } from '../domain/upload.ts';
import { fromDate, toDate } from './column-forms.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

type UploadRow = Tables['uploads'];
type PartRow = Tables['upload_parts'];

// Sealed with whose it is: a row that other hands gave to another user opens, and is not his.
const place = (id: string) => ({ table: 'uploads', row: id, column: 'document' });
const partPlace = (id: string, start: number) => ({ table: 'upload_parts', row: `${id}:${start}`, column: 'document' });

export async function insertUpload(tx: Tx, upload: Upload): Promise<void> {
  const { id, userId, size, fileName, mediaType, createdAt } = upload;
  await insert.run(await tx.writing(), {
    id,
    user_id: userId,
    reserved: paddedBytes(size),
    document: sealColumn(tx.ring, place(id), JSON.stringify({ userId, size, fileName, mediaType })),
    used_at: fromDate(createdAt),
    created_at: fromDate(createdAt),
  });
}

/** `update` holds it until the transaction ends, so that it is taken, added to and given up one after the other. */
export async function findUpload(tx: ReadTx, id: string, hold: 'none' | 'update'): Promise<Upload | undefined> {
  const row = await byId[hold].first(tx.on, { id });
  return row && uploadOf(tx, row);
}

/** Those of a user, oldest first, each with the bytes that have come. */
export async function listUploads(tx: ReadTx, userId: number): Promise<(Upload & { offset: number })[]> {
  const uploads: (Upload & { offset: number })[] = [];
  for (const row of await byUser.all(tx.on, { userId })) {
    const parts = await listParts(tx, row.id);
    uploads.push({ ...uploadOf(tx, row), offset: lengthOf(parts) });
  }
  return uploads;
}

/** The parts that have come, in their order. */
export async function listParts(tx: ReadTx, uploadId: string): Promise<FilePart[]> {
  return (await parts.all(tx.on, { uploadId })).map((row) => partOf(tx, row));
}

export function lengthOf(some: readonly FilePart[]): number {
  return some.reduce((sum, { length }) => sum + length, 0);
}

export async function insertPart(tx: Tx, uploadId: string, start: number, part: FilePart, now: Date): Promise<void> {
  const document = sealColumn(tx.ring, partPlace(uploadId, start), JSON.stringify(part));
  await insertPartRow.run(await tx.writing(), { upload_id: uploadId, start, blob: part.blob, document });
  await touch.run(await tx.writing(), { id: uploadId, usedAt: fromDate(now) });
}

export async function deleteUpload(tx: Tx, id: string): Promise<void> {
  await removeParts.run(await tx.writing(), { id });
  await remove.run(await tx.writing(), { id });
}

/** Ids of those that nothing was added to since then; each is held. */
export async function uploadsUnusedSince(tx: Tx, since: Date, most: number): Promise<string[]> {
  return (await unused.all(tx.on, { since: fromDate(since), most })).map(({ id }) => id);
}

function uploadOf(tx: ReadTx, row: UploadRow): Upload {
  const document = JSON.parse(openColumn(tx.ring, place(row.id), row.document)) as Omit<Upload, 'id' | 'createdAt'>;
  return { ...document, id: row.id, createdAt: toDate(row.created_at) };
}

function partOf(tx: ReadTx, row: PartRow): FilePart {
  return JSON.parse(openColumn(tx.ring, partPlace(row.upload_id, row.start), row.document)) as FilePart;
}

const byIdHeld = (hold: 'none' | 'update') =>
  statement((db, p: { id: string }, engine) =>
    db
      .selectFrom('uploads')
      .selectAll()
      .where('id', '=', p.id)
      .$if(engine === 'postgres' && hold === 'update', (query) => query.forUpdate()),
  );

const byId = { none: byIdHeld('none'), update: byIdHeld('update') };

const byUser = statement((db, p: { userId: number }) =>
  db.selectFrom('uploads').selectAll().where('user_id', '=', p.userId).orderBy('created_at').orderBy('id'),
);

const parts = statement((db, p: { uploadId: string }) =>
  db.selectFrom('upload_parts').selectAll().where('upload_id', '=', p.uploadId).orderBy('start'),
);

const insert = statement((db, p: UploadRow) =>
  db.insertInto('uploads').values({
    id: p.id,
    user_id: p.user_id,
    reserved: p.reserved,
    document: p.document,
    used_at: p.used_at,
    created_at: p.created_at,
  }),
);

const insertPartRow = statement((db, p: PartRow) =>
  db.insertInto('upload_parts').values({ upload_id: p.upload_id, start: p.start, blob: p.blob, document: p.document }),
);

const touch = statement((db, p: { id: string; usedAt: number }) =>
  db.updateTable('uploads').set({ used_at: p.usedAt }).where('id', '=', p.id),
);

const removeParts = statement((db, p: { id: string }) => db.deleteFrom('upload_parts').where('upload_id', '=', p.id));

const remove = statement((db, p: { id: string }) => db.deleteFrom('uploads').where('id', '=', p.id));

const unused = statement((db, p: { since: number; most: number }, engine) =>
  db
    .selectFrom('uploads')
    .select('id')
    .where('used_at', '<', p.since)
    .orderBy('used_at')
    .limit(p.most)
    .$if(engine === 'postgres', (query) => query.forUpdate()),
);

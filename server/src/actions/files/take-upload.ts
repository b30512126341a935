import type { Person } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import type { Draft } from '../../domain/fields.ts';
import { keepBlobs } from '../../storage/blobs.ts';
import type { Tx } from '../../storage/transaction.ts';
import { deleteUpload } from '../../storage/uploads.ts';
import { loadUpload } from './load-upload.ts';

/**
 * Puts a whole upload in place of the `upload` that a draft names: what it brought becomes the content of the item, in the
 * transaction that saves this. From here on its blobs are kept for good.
 */
export async function takeUpload(tx: Tx, caller: Person, draft: Draft, now: Date): Promise<Draft> {
  const { upload: id, ...fields } = draft;
  if (id === undefined) return fields;
  const { upload, parts, offset } = await loadUpload(tx, caller, String(id), 'update');
  if (offset !== upload.size) refuse('upload_incomplete', { offset });
  const ids = parts.map(({ blob }) => blob);
  if (!(await keepBlobs(tx, upload.id, ids, now))) refuse('integrity_broken', { table: 'blobs', row: upload.id });
  await deleteUpload(tx, upload.id);
  const { size, fileName, mediaType } = upload;
  return { ...fields, content: { size, parts }, size, fileName, mediaType };
}

import { type Caller, mustBePerson } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import type { FilePart, Upload } from '../../domain/upload.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { findUpload, lengthOf, listParts } from '../../storage/uploads.ts';

export type LoadedUpload = { upload: Upload; parts: FilePart[]; offset: number };

/** An upload of the caller's own: of others' he hears that there is none. */
export async function loadUpload(
  tx: ReadTx,
  caller: Caller,
  id: string,
  hold: 'none' | 'update',
): Promise<LoadedUpload> {
  const { user } = mustBePerson(caller);
  const upload = await findUpload(tx, id, hold);
  if (upload?.userId !== user.id) return refuse('upload_not_found', {});
  const parts = await listParts(tx, id);
  return { upload, parts, offset: lengthOf(parts) };
}

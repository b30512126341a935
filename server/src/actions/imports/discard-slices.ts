import type { Import } from '../../domain/import.ts';
import { deleteImport, deleteImportRows, importRows } from '../../storage/imports.ts';
import type { Step } from './apply-slices.ts';
import { dropBrought } from './brought-files.ts';

/** Rows are only looked at and deleted: more of them go into one transaction than where each makes an item. */
const slice = 500;

/** Takes the next rows of a plan away, with the bytes that came for them; after the last one the plan itself. Null then. */
export async function discardSlice({ tx, found, now }: Step): Promise<Import | null> {
  for (const { kind, content } of await importRows(tx, found.id, { after: 0, most: slice })) {
    if (kind === 'file') await dropBrought(tx, content, now);
  }
  if (await deleteImportRows(tx, found.id, slice)) return found;
  await deleteImport(tx, found.id);
  return null;
}

import type { Import, ImportRow } from '../../domain/import.ts';
import { changed, type ItemHead } from '../../domain/item.ts';
import { changedItemsOfImport, itemsOfImport, removeItem } from '../../storage/imported-items.ts';
import { importRows } from '../../storage/imports.ts';
import { findVersion, openVersionContent } from '../../storage/item-versions.ts';
import { findItem, openContent, saveItem } from '../../storage/items.ts';
import { counted, recordForOwner, type Step, settle, slice } from './apply-slices.ts';
import { releaseContent } from './brought-files.ts';

/**
 * Looks through what the import did: puts back what it changed, and keeps apart, disabled, what was changed since it was
 * made. After the last row all that is left of its own vanishes at once.
 */
export async function undoSlice(step: Step): Promise<Import> {
  const { tx, found } = step;
  const done = { after: found.place, most: slice, outcomes: ['created', 'updated'] as const };
  const rows = await importRows(tx, found.id, done);
  if (rows.length === 0) {
    // Whoever changed one since its row was looked at keeps it.
    for (const head of await changedItemsOfImport(tx, found.id)) await keepApart(step, head);
    return { ...found, phase: 'removing', unseen: true, place: 0 };
  }
  const settled: ImportRow[] = [];
  for (const row of rows) settled.push(await (row.outcome === 'created' ? takeBack(step, row) : putBack(step, row)));
  return counted(found, settled);
}

async function takeBack(step: Step, row: ImportRow): Promise<ImportRow> {
  const stored = row.number === null ? undefined : await findItem(step.tx, row.kind, row.number, 'update');
  if (!stored || stored.head.revision === row.revision) return settle(step, row, { outcome: 'undone' });
  await keepApart(step, stored.head);
  return settle(step, row, { outcome: 'kept', reason: 'was changed since: disabled' });
}

/** The item is the import's no longer, so that it does not vanish with the others. */
async function keepApart(step: Step, head: ItemHead): Promise<void> {
  const { tx, now } = step;
  const next = changed(head, now, { importId: null, disabledAt: head.disabledAt ?? now });
  await saveItem(tx, next, null, head.ownerId);
  recordForOwner(step, 'item.disabled', next, {});
}

async function putBack(step: Step, row: ImportRow): Promise<ImportRow> {
  const { tx, ctx, found, now } = step;
  const stored = row.number === null ? undefined : await findItem(tx, row.kind, row.number, 'update');
  const isUntouched = stored?.head.revision === row.revision;
  const before = stored && isUntouched ? await findVersion(tx, stored.head, stored.head.version - 1) : undefined;
  if (!stored || !before) return settle(step, row, { outcome: 'kept', reason: 'was changed since: left as it is' });
  const next = changed(stored.head, now, {}, true);
  await saveItem(tx, next, openVersionContent(tx, before), found.ownerId);
  if (row.kind === 'password') ctx.safe.passwords.changed();
  recordForOwner(step, 'item.version-restored', next, { version: next.version, from: before.version });
  return settle(step, row, { outcome: 'undone' });
}

/** Removes the next items that the import has made and nobody sees. */
export async function removeSlice(step: Step): Promise<Import> {
  const { tx, found, now } = step;
  const heads = await itemsOfImport(tx, found.id, slice);
  for (const head of heads) {
    // One that slipped through between two lanes is no longer untouched.
    if (head.revision > 1) await keepApart(step, head);
    else {
      const stored = head.kind === 'file' ? await findItem(tx, head.kind, head.number, 'update') : undefined;
      if (stored) await releaseContent(tx, openContent(tx, stored), now);
      await removeItem(tx, head);
      recordForOwner(step, 'item.removed', head, {});
    }
  }
  if (heads.length > 0) return found;
  return { ...found, unseen: false, phase: found.failure === null ? 'undone' : 'failed', endedAt: now };
}

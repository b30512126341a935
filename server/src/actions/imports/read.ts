import { setImmediate as breathe } from 'node:timers/promises';
import type { Import, ImportRow } from '../../domain/import.ts';
import { importRows, type RowQuery } from '../../storage/imports.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { type ImportName, loadImport, targetOf } from './load-import.ts';

/** An import as it stands now. */
export function readImport(ctx: Context, input: ImportName): Promise<Import> {
  return actReading(ctx, { action: 'import.read', target: targetOf(input) }, async (tx, caller) => {
    return (await loadImport(tx, caller, 'import.read', input, 'none')).found;
  });
}

/** A row as it is shown: without its content. */
export type ShownRow = Omit<ImportRow, 'content' | 'revision'>;

/** Rows of a plan, or of what became of it, in the file's order. */
export function listImportRows(ctx: Context, input: ImportName & RowQuery): Promise<ShownRow[]> {
  return actReading(ctx, { action: 'import.read', target: targetOf(input) }, async (tx, caller) => {
    await loadImport(tx, caller, 'import.read', input, 'none');
    const rows = await importRows(tx, input.id, input);
    return rows.map(({ content: _, revision: _revision, ...shown }) => shown);
  });
}

const slice = 500;

/** Every row, slice by slice: the log of an import. */
export async function* importLog(ctx: Context, input: ImportName): AsyncGenerator<ShownRow[]> {
  for (let after = 0; ; ) {
    const rows = await listImportRows(ctx, { ...input, after, most: slice });
    yield rows;
    if (rows.length < slice) return;
    after = rows.at(-1)?.place ?? after;
    await breathe();
  }
}

import type { AuditDetails, AuditEvent } from '../../domain/audit.ts';
import type { Import, ImportRow, RowOutcome } from '../../domain/import.ts';
import { changed, type ItemHead, newItem } from '../../domain/item.ts';
import { record } from '../../storage/audit.ts';
import { nextNumber } from '../../storage/counters.ts';
import { importRows, saveImportRow } from '../../storage/imports.ts';
import { findByIdentifierCode } from '../../storage/item-index.ts';
import { findItem, insertItem, openContent, saveItem } from '../../storage/items.ts';
import type { Tx } from '../../storage/transaction.ts';
import { changedFields } from '../items/update.ts';
import type { Context } from '../safe.ts';
import { dropBrought, keepBrought } from './brought-files.ts';

/** One slice of an import's work, in the transaction that holds its row. Gives what the import is after it. */
export type Step = { tx: Tx; ctx: Context; found: Import; now: Date };

/** Items of one transaction: few enough that others hardly wait for it. */
export const slice = 50;

/** Records what was done to an item in its owner's name. */
export function recordForOwner(
  { tx, ctx, found, now }: Step,
  event: AuditEvent,
  { kind, number }: ItemHead,
  details: AuditDetails,
): void {
  const who = { userId: found.ownerId, accessKeyId: null, target: `${kind}:${number}` };
  record(tx, { event, ...who, details: { import: found.id, ...details } }, now, ctx.requestId);
}

/** The import with these outcomes counted, gone on to the place of the last row. */
export function counted(found: Import, rows: readonly ImportRow[]): Import {
  const outcomes: Partial<Record<RowOutcome, number>> = { ...found.outcomes };
  for (const { outcome } of rows) if (outcome) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return { ...found, outcomes, done: found.done + rows.length, place: rows.at(-1)?.place ?? found.place };
}

/** Makes the next new items, unseen; after the last one all are seen at once, by the import's own row alone. */
export async function stageSlice(step: Step): Promise<Import> {
  const { tx, found, now } = step;
  const rows = await importRows(tx, found.id, { after: found.place, most: slice, verdicts: ['new'] });
  if (rows.length === 0) {
    const isMore = found.updates && found.counts.changed > 0;
    return { ...found, unseen: false, place: 0, phase: isMore ? 'updating' : 'finished', endedAt: isMore ? null : now };
  }
  const done: ImportRow[] = [];
  for (const row of rows) done.push(await create(step, row));
  return counted(found, done);
}

async function create(step: Step, row: ImportRow): Promise<ImportRow> {
  const { tx, found, now } = step;
  const { kind, content } = row;
  if (content === null) throw new Error('a row of a plan without content');
  if (await isCodeTaken(tx, found.ownerId, row, null)) {
    return settle(step, row, { outcome: 'left', reason: 'identifierCode is taken' });
  }
  if (kind === 'file' && !(await keepBrought(tx, content, now))) return settle(step, row, bytesGone);
  const item = { ...newItem(kind, await nextNumber(tx, kind), found.ownerId, now), importId: found.id };
  await insertItem(tx, item, content, found.ownerId);
  recordForOwner(step, 'item.created', item, {});
  return settle(step, row, { outcome: 'created', number: item.number, revision: item.revision });
}

/** A plan that is begun when its day is nearly over may outlive what it brought. */
const bytesGone = { outcome: 'left', reason: 'its bytes are kept no longer: plan it again' } as const;

/** Stores what became of a row; its content is not needed any more. */
export async function settle({ tx, found, now }: Step, row: ImportRow, change: Partial<ImportRow>): Promise<ImportRow> {
  if (row.kind === 'file' && change.outcome === 'left') await dropBrought(tx, row.content, now);
  const next = { ...row, ...change, content: null };
  await saveImportRow(tx, found.id, next);
  return next;
}

async function isCodeTaken(tx: Tx, ownerId: number, { content }: ImportRow, but: number | null): Promise<boolean> {
  const code = content?.identifierCode;
  if (typeof code !== 'string' || code === '') return false;
  const taken = await findByIdentifierCode(tx, ownerId, code);
  return taken !== undefined && taken !== but;
}

/** Gives the next items that stand otherwise a new version; one that was changed since the plan was made is left. */
export async function updateSlice(step: Step): Promise<Import> {
  const { tx, found, now } = step;
  const rows = await importRows(tx, found.id, { after: found.place, most: slice, verdicts: ['changed'] });
  if (rows.length === 0) return { ...found, phase: 'finished', endedAt: now };
  const done: ImportRow[] = [];
  for (const row of rows) done.push(await update(step, row));
  return counted(found, done);
}

async function update(step: Step, row: ImportRow): Promise<ImportRow> {
  const { tx, ctx, found, now } = step;
  const { kind, number, content } = row;
  const stored = number === null ? undefined : await findItem(tx, kind, number, 'update');
  if (content === null || !stored || stored.head.ownerId !== found.ownerId || stored.head.revision !== row.revision) {
    return settle(step, row, { outcome: 'left', reason: 'was changed since the plan was made' });
  }
  if (await isCodeTaken(tx, found.ownerId, row, number)) {
    return settle(step, row, { outcome: 'left', reason: 'identifierCode is taken' });
  }
  const fields = changedFields(openContent(tx, stored), content);
  if (kind === 'file' && fields.includes('content') && !(await keepBrought(tx, content, now))) {
    return settle(step, row, bytesGone);
  }
  const next = changed(stored.head, now, {}, true);
  await saveItem(tx, next, content, found.ownerId);
  if (kind === 'password') ctx.safe.passwords.changed();
  recordForOwner(step, 'item.updated', next, { version: next.version, fields });
  return settle(step, row, { outcome: 'updated', revision: next.revision });
}

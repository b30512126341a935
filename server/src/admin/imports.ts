import { setTimeout as sleep } from 'node:timers/promises';
import { applyImport } from '../actions/imports/apply.ts';
import { discardImport } from '../actions/imports/discard.ts';
import { planFromMySafe, planImport } from '../actions/imports/plan.ts';
import { importLog, readImport, type ShownRow } from '../actions/imports/read.ts';
import { undoImport } from '../actions/imports/undo.ts';
import { exportItems, type WishedExport } from '../actions/items/export.ts';
import type { Context, MySafeSource } from '../actions/safe.ts';
import { busyPhases, type FileFormat, type Import, rowsToDo } from '../domain/import.ts';
import { asUser, asUserTelling, type SignedAs } from './as-user.ts';

type As = { as: SignedAs };
export type PlanInput = As & {
  file: string;
  format: FileFormat | null;
  /** Base64. */
  content: string;
  passphrase: string;
};

export function plan(ctx: Context, { as, content, ...file }: PlanInput): Promise<Import> {
  return asUser(ctx, as, (own) => planImport(own, { ...file, bytes: Buffer.from(content, 'base64') }));
}

export function planMySafe(ctx: Context, { as, source }: As & { source: MySafeSource }): Promise<Import> {
  return asUser(ctx, as, (own) => planFromMySafe(own, source));
}

/** How far an import has come; the last one tells how it ended. */
export type ImportProgress = Import & { total: number };

/** Applies it, and tells how far the safe has come until it is done. It goes on, too, when nobody listens. */
export function apply(
  ctx: Context,
  { as, id, updates }: As & { id: number; updates: boolean },
): AsyncGenerator<ImportProgress> {
  return asUserTelling(ctx, as, async function* (own) {
    await applyImport(own, { id, updates });
    yield* progress(own, id);
  });
}

export function undo(ctx: Context, { as, id }: As & { id: number }): AsyncGenerator<ImportProgress> {
  return asUserTelling(ctx, as, async function* (own) {
    await undoImport(own, { id });
    yield* progress(own, id);
  });
}

async function* progress(own: Context, id: number): AsyncGenerator<ImportProgress> {
  for (;;) {
    const now = await readImport(own, { id });
    yield { ...now, total: rowsToDo(now) };
    if (!busyPhases.includes(now.phase)) return;
    await sleep(100);
  }
}

export function discard(ctx: Context, { as, id }: As & { id: number }): Promise<void> {
  return asUser(ctx, as, (own) => discardImport(own, { id }));
}

export function log(ctx: Context, { as, id }: As & { id: number }): Promise<ShownRow[]> {
  return asUser(ctx, as, async (own) => {
    const all: ShownRow[] = [];
    for await (const rows of importLog(own, { id })) all.push(...rows);
    return all;
  });
}

export function exportAs(ctx: Context, { as, ...wished }: As & WishedExport) {
  return asUser(ctx, as, (own) => exportItems(own, wished));
}

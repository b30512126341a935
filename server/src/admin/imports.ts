import { setTimeout as sleep } from 'node:timers/promises';
import { applyImport } from '../actions/imports/apply.ts';
import { planFromMySafe, planImport } from '../actions/imports/plan.ts';
import { importLog, readImport, type ShownRow } from '../actions/imports/read.ts';
import { undoImport } from '../actions/imports/undo.ts';
import { exportItems, type WishedExport } from '../actions/items/export.ts';
import type { Context, MySafeSource } from '../actions/safe.ts';
import { busyPhases, type FileFormat, type Import, importFormats } from '../domain/import.ts';
import { asUser, type SignedAs } from './as-user.ts';

export { importFormats };

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

/** Applies it, and answers when the safe is done. */
export function apply(ctx: Context, { as, id, updates }: As & { id: number; updates: boolean }): Promise<Import> {
  return asUser(ctx, as, async (own) => {
    await applyImport(own, { id, updates });
    return ended(own, id);
  });
}

export function undo(ctx: Context, { as, id }: As & { id: number }): Promise<Import> {
  return asUser(ctx, as, async (own) => {
    await undoImport(own, { id });
    return ended(own, id);
  });
}

async function ended(own: Context, id: number): Promise<Import> {
  for (;;) {
    const now = await readImport(own, { id });
    if (!busyPhases.includes(now.phase)) return now;
    await sleep(100);
  }
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

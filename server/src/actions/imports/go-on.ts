import { Refusal } from '../../domain/errors.ts';
import { busyPhases, type Import, type ImportPhase } from '../../domain/import.ts';
import { record } from '../../storage/audit.ts';
import { findImport, firstImport, saveImport } from '../../storage/imports.ts';
import type { Tx } from '../../storage/transaction.ts';
import { submit } from '../act.ts';
import type { Context } from '../safe.ts';
import { type Step, stageSlice, updateSlice } from './apply-slices.ts';
import { discardSlice } from './discard-slices.ts';
import { targetOf } from './load-import.ts';
import { removeSlice, undoSlice } from './undo-slices.ts';

/** `more` when there may be more to do at once. */
export type Progress = 'more' | 'idle';

/** Gives what the import is after a slice, or null when it is there no more. */
const slices: Readonly<Partial<Record<ImportPhase, (step: Step) => Promise<Import | null>>>> = {
  staging: stageSlice,
  updating: updateSlice,
  undoing: undoSlice,
  removing: removeSlice,
  discarding: discardSlice,
};

/**
 * Does the next slice of the oldest import that has work left, in one transaction: where it has come to is stored with it,
 * so that a process that is killed goes on from there.
 */
export async function goOnImporting(ctx: Context): Promise<Progress> {
  const id = await ctx.safe.store.read((tx) => firstImport(tx, busyPhases));
  if (id === undefined) return 'idle';
  const attempt = { action: 'safe.tend', target: targetOf({ id }) } as const;
  const known = { caller: null, account: '' };
  try {
    await submit(ctx, attempt, known, async (tx, now) => {
      const found = await findImport(tx, id, 'update');
      const work = found && slices[found.phase];
      if (!found || !work) return;
      const next = await work({ tx, ctx, found, now });
      if (next === null || next === found) return;
      await saveImport(tx, next);
      if (next.phase !== found.phase) recordTurn(tx, ctx, found, next, now);
    });
  } catch (thrown) {
    // A store that does not answer is tried again; what was refused would be refused again.
    if (!(thrown instanceof Refusal) || !lasting.has(thrown.code)) throw thrown;
    await submit(ctx, attempt, known, (tx, now) => fail(tx, ctx, id, thrown.code, now));
  }
  return 'more';
}

const lasting: ReadonlySet<string> = new Set(['integrity_broken', 'unexpected']);

/** What was staged is taken away again; what was published or is being removed stays as far as it has come. */
async function fail(tx: Tx, ctx: Context, id: number, failure: string, now: Date): Promise<void> {
  const found = await findImport(tx, id, 'update');
  if (!found) return;
  const isStaged = found.phase === 'staging';
  const phase: ImportPhase = isStaged ? 'removing' : 'failed';
  const next: Import = { ...found, phase, failure, place: 0, endedAt: isStaged ? null : now };
  await saveImport(tx, next);
  recordTurn(tx, ctx, found, next, now);
}

function recordTurn(
  tx: Tx,
  ctx: Context,
  before: Import,
  { phase, ownerId, id, outcomes, failure }: Import,
  now: Date,
): void {
  if (before.phase === 'staging' && phase !== 'removing') ctx.safe.passwords.changed();
  const event = before.phase === 'staging' && phase !== 'removing' ? 'import.published' : 'import.ended';
  const isEnd = phase !== 'updating' && phase !== 'removing';
  if (event === 'import.ended' && !isEnd) return;
  const details = { phase, ...outcomes, ...(failure === null ? {} : { reason: failure }) };
  const who = { userId: ownerId, accessKeyId: null, target: targetOf({ id }) };
  record(tx, { event, ...who, details }, now, ctx.requestId);
}

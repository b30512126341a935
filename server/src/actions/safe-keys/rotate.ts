import { mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import type { Rotatable } from '../../domain/rotation.ts';
import { holdKeys } from '../../storage/live-keys.ts';
import { findLastRotation, insertRotation } from '../../storage/rotations.ts';
import { announceKey } from '../../storage/safe-keys.ts';
import { act, whoOf } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { type ShownRotation, shownRotation } from './list.ts';
import { purposesOf } from './purposes.ts';

/** `reseal`: encrypt contents anew, too; for data keys alone. */
export type RotationInput = { what: Rotatable; reseal?: boolean | undefined };

/**
 * Begins to replace keys of the safe: makes the next ones known. A job of whichever process has the safe open does the
 * rest, and goes on where it was when a process ends. Refused while another rotation is under way.
 */
export async function rotateSafeKeys(ctx: Context, { what, reseal = false }: RotationInput): Promise<ShownRotation> {
  const rotation = await act(ctx, { action: 'safe-key.rotate', target: null }, async (tx, caller, now) => {
    mustMay('safe-key.rotate', caller);
    if (reseal && what !== 'data') refuse('field_invalid', { field: 'reseal', why: 'is for data keys alone' });
    await holdKeys(tx);
    const last = await findLastRotation(tx);
    if (last && last.finishedAt === null) refuse('rotation_running', { what: last.what });
    if (!ctx.safe.keys.rootIsKnown) refuse('root_key_unfit', { why: 'unknown' });
    const made = purposesOf[what].map((purpose) => ctx.safe.keys.make(purpose, ctx.safe.tokenKeyBits));
    for (const key of made) await announceKey(tx, key, now);
    const begun = await insertRotation(tx, {
      what,
      reseal,
      phase: 'announced',
      place: { walk: 0, after: null, left: [] },
      total: 0,
      done: 0,
      broken: 0,
      startedBy: whoOf(caller).userId,
      startedAt: now,
      finishedAt: null,
    });
    const { address } = ctx.origin;
    const details = { ...(address === '' ? {} : { address }), what, reseal, keys: made.map(({ id }) => id) };
    recordAdmin(tx, ctx, caller, 'safe-key.rotation-started', `rotation:${begun.id}`, details, now);
    return begun;
  });
  ctx.safe.rotationWish.made();
  return shownRotation(rotation);
}

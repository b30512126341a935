import { makeSeed } from '../../crypto/totp.ts';
import { refuse } from '../../domain/errors.ts';
import { totpUri } from '../../domain/totp.ts';
import { saveSecondFactor, secondFactorOf } from '../../storage/second-factors.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import { mustBeMe, recordOwn } from '../sessions/own-session.ts';
import { factorParameters } from '../sessions/second-step.ts';

const issuer = 'Arca';

/**
 * Makes the seed of a second factor, base32 and as the URI of a QR code. It counts for nothing until a first code
 * confirms it; beginning again makes another one in its place.
 */
export function beginSecondFactor(ctx: Context): Promise<{ seed: string; uri: string }> {
  return act(ctx, { action: 'profile.change-second-factor', target: null }, async (tx, caller, now) => {
    const me = mustBeMe('profile.change-second-factor', caller);
    const known = await secondFactorOf(tx, me.user.id, 'update');
    if (known && known.confirmedAt !== null) return refuse('second_factor_enrolled', {});
    const seed = makeSeed();
    await saveSecondFactor(tx, me.user.id, { seed, confirmedAt: null, lastStep: 0 });
    recordOwn(tx, ctx, me, 'profile.second-factor-changed', { change: 'begun' }, now);
    const uri = totpUri({ secret: seed, ...factorParameters }, `${issuer}:${me.user.username}`);
    return { seed, uri: `${uri}&issuer=${issuer}` };
  });
}

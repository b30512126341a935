import { mustMay } from '../domain/access.ts';
import { actReading } from './act.ts';
import type { Context } from './safe.ts';

/** Refuses a caller whose credential does not hold, and does nothing else: for paths that lead nowhere. */
export function checkSession(ctx: Context): Promise<void> {
  return actReading(ctx, { action: 'session.check', target: null }, async (_tx, caller) =>
    mustMay('session.check', caller),
  );
}

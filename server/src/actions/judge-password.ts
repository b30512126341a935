import { mustMay } from '../domain/access.ts';
import type { Strength } from '../domain/strength.ts';
import { actReading } from './act.ts';
import type { Context } from './safe.ts';

/** Says how strong a password is that someone is about to choose. It is neither stored nor recorded. */
export async function judgePassword(ctx: Context, input: { password: string }): Promise<{ strength: Strength }> {
  await actReading(ctx, { action: 'password.judge', target: null }, async (_tx, caller) =>
    mustMay('password.judge', caller),
  );
  return { strength: await ctx.safe.judge(input.password) };
}

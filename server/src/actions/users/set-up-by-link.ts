import { isLoopback } from '../../domain/address.ts';
import { Refusal } from '../../domain/errors.ts';
import type { User } from '../../domain/user.ts';
import { submit } from '../act.ts';
import type { Context, Safe } from '../safe.ts';
import { type NewUser, setUpSafe } from './add.ts';

/** Makes the link of a safe that waits for its first administrator. Whoever has it becomes that: for the operator alone. */
export function makeSetUpLink(safe: Safe): string {
  return safe.setUpLink.make(safe.clock());
}

/**
 * Makes the first administrator by the link. That the safe has no user yet is checked in the transaction that makes
 * him, so the link works once. From another machine only if the operator allowed it.
 */
export async function setUpByLink(
  ctx: Context,
  input: NewUser & { token: string; fromAnywhere: boolean },
): Promise<User> {
  const { token, fromAnywhere, ...user } = input;
  const isHere = fromAnywhere || isLoopback(ctx.origin.address);
  if (!isHere || !ctx.safe.setUpLink.holds(token, ctx.safe.clock())) {
    const known = { caller: null, account: '' };
    return submit(ctx, { action: 'safe.set-up', target: null }, known, () =>
      Promise.reject(new Refusal('set_up_link_invalid', {})),
    );
  }
  return setUpSafe({ ...ctx, credential: { kind: 'operator', name: 'set-up link' } }, user);
}

import type { Action } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { passwordHashOf } from '../../storage/credentials.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { accountOf, checkPassword, type Tries } from './check-password.ts';
import { type Me, mustBeMe } from './own-session.ts';

/** A password that a person gave in his session, as it was checked. */
type Checked = { isRight: boolean; hash: string };

/**
 * Checks the password of whoever is in the session, before the action: hashing takes long. Tries are counted for that
 * session alone, so that nobody else's slow them.
 */
export async function checkOwnPassword(
  ctx: Context,
  action: Action,
  password: string,
  tries: Tries,
): Promise<Checked & { me: Me }> {
  const { me, account } = await actReading(ctx, { action, target: null }, async (tx, caller) => {
    const found = mustBeMe(action, caller);
    return { me: found, account: await accountOf(tx, found.user) };
  });
  const of = { account: me.user.username, address: ctx.origin.address, known: `session ${me.session.id}` };
  const isRight = await checkPassword(ctx, account, password, tries.password(of, ctx.safe.clock()), 'known');
  return { me, isRight, hash: account.hash };
}

/** Refuses a wrong password, and one that was changed since it was checked. */
export async function mustBeRight(tx: ReadTx, { isRight, hash }: Checked, me: Me): Promise<void> {
  if (!isRight || (await passwordHashOf(tx, me.user.id)) !== hash) refuse('password_wrong', {});
}

import { refuse } from '../../domain/errors.ts';
import { isActiveAdmin, type User } from '../../domain/user.ts';
import { holdSafe } from '../../storage/safe-keys.ts';
import type { Tx } from '../../storage/transaction.ts';
import { activeAdmins } from '../../storage/users.ts';

/** Refuses what would take the last active administrator away. */
export async function mustLeaveAdmin(tx: Tx, user: User): Promise<void> {
  if (!isActiveAdmin(user)) return;
  // Of two who step down at once, on two lanes, each would still see the other.
  await holdSafe(tx);
  const others = (await activeAdmins(tx)).filter((admin) => admin.id !== user.id);
  if (others.length === 0) refuse('last_admin', {});
}

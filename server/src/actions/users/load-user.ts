import { refuse } from '../../domain/errors.ts';
import type { User } from '../../domain/user.ts';
import type { Tx } from '../../storage/transaction.ts';
import { findUserByIdForUpdate, findUserForUpdate } from '../../storage/users.ts';

/** A user by name as it was typed, held for update. */
export async function loadUserForUpdate(tx: Tx, username: string): Promise<User> {
  return (await findUserForUpdate(tx, username.trim().toLowerCase())) ?? refuse('user_not_found', { username });
}

export async function loadUserByIdForUpdate(tx: Tx, id: number): Promise<User> {
  return (await findUserByIdForUpdate(tx, id)) ?? refuse('user_not_found', { username: '' });
}

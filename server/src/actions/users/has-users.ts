import { countAllUsers } from '../../storage/users.ts';
import type { Safe } from '../safe.ts';

/** Whether anyone was made yet: a safe without users still waits for its first administrator. */
export async function hasUsers(safe: Safe): Promise<boolean> {
  return (await safe.store.read(countAllUsers)) > 0;
}

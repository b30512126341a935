import { isCommonPassword } from '../crypto/common-passwords.ts';
import { refuse } from '../domain/errors.ts';
import { mustBeFitPassword } from '../domain/sign-in-password.ts';
import type { Safe } from './safe.ts';

const unfit = (why: string): never => refuse('field_invalid', { field: 'password', why });

/** What every password that signs a person in must be, whoever sets it. */
export function mustFit(password: string, username: string): void {
  mustBeFitPassword(password, username);
  if (isCommonPassword(password)) unfit('is one of the most common passwords');
}

/** And not in the operator's list of breached ones, where there is one. It is read from a disk: not within a transaction. */
export async function mustNotBeBreached(safe: Safe, password: string): Promise<void> {
  if (await safe.isBreached(password)) unfit('is in the list of breached passwords');
}

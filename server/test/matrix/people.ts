import { findKey, saveAccessKey } from '../../src/storage/access-keys.ts';
import { findSessionForUpdate, saveSession } from '../../src/storage/sessions.ts';
import type { Answer, Person, SignedIn, TestSafe } from '../start-safe.ts';
import { done } from '../v1/problem.ts';
import { inStore } from '../v1/users-store.ts';
import type { Credential } from './expected.ts';

type Calling = { call: Person['call'] };
/** One person with everything that he could call with. */
export type Equipped = { username: string; by: Readonly<Record<Credential, Calling>> };

const minute = 60_000;

/** Gives a person two sessions and keys of every sort. Needs tokens of a day; moves the safe's clock and lets it run. */
export async function equip(
  safe: TestSafe,
  username: string,
  {
    role = 'member' as 'admin' | 'member',
    items,
    others,
  }: { role?: 'admin' | 'member'; items: string[]; others: string[] },
): Promise<Equipped> {
  safe.setClock(new Date(Date.now() - 120 * minute));
  const expired = await safe.person(username, { expiresAt: new Date(Date.now() - 60 * minute).toISOString() });
  safe.setClock(new Date(Date.now() - 11 * minute));
  const stale = await safe.signIn(username, role);
  safe.setClock(null);
  const session = await safe.signIn(username, role);
  const revoked = await safe.person(username);
  await safe.operator.run('access-key.revoke', { clientId: revoked.clientId });
  const elsewhere = await safe.person(username);
  await safe.operator.run('access-key.change', { clientId: elsewhere.clientId, addresses: ['192.0.2.0/24'] });
  return {
    username,
    by: {
      'a session': session,
      'a session without a fresh proof': stale,
      'a session without the second factor': session,
      'a session by a first password': await firstSession(safe, username),
      'a key': await safe.person(username),
      'a key for these items': await safe.person(username, { items }),
      'a key for other items': await safe.person(username, { items: others }),
      'a read-only key': await safe.person(username, { readOnly: true }),
      'a revoked key': revoked,
      'an expired key': expired,
      'a held key': await heldKey(safe, username),
      'a key for another address': elsewhere,
    },
  };
}

/** A session as it is begun by a password that an administrator chose. */
async function firstSession(safe: TestSafe, username: string): Promise<SignedIn> {
  const person = await safe.signIn(username);
  const { id } = done<{ id: string }>(await person.call('GET', '/api/v1/session'));
  await inStore(safe, async (tx) => {
    const session = await findSessionForUpdate(tx, id);
    if (!session) throw new Error('no such session');
    await saveSession(tx, { ...session, mustChangePassword: true });
  });
  return person;
}

/** A key as a restore leaves it. */
async function heldKey(safe: TestSafe, username: string): Promise<Person> {
  const person = await safe.person(username);
  await inStore(safe, async (tx) => {
    const found = await findKey(tx, { clientId: person.clientId }, 'update');
    if (!found) throw new Error('no such key');
    await saveAccessKey(tx, { ...found.key, heldAt: new Date() }, found.secrets);
  });
  return person;
}

/** Status and code of an answer of our own API, such as `404 key_not_found`; the status alone of a success. */
export function told({ status, json }: Answer): string {
  const code = status < 400 ? '' : (json as { code?: string } | undefined)?.code;
  return code ? `${status} ${code}` : String(status);
}

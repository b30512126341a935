import type { Person, TestSafe } from '../start-safe.ts';
import { type Expected, keyRestricted, notAuthorized } from '../wire-envelopes.ts';

/** A caller whom no operation may serve, what he is answered, and the refusal that the audit tells of. */
export type Outsider = {
  who: string;
  authorization: string | null;
  answer: Expected;
  challenge: string | null;
  /** As the audit has it after `<action>.refused`: user, target and reason. A stranger is no user. */
  user: string;
  reason: string;
};

const hours = (count: number) => count * 3_600_000;

/** Everybody who has no good token, with a token that was good once where there is one. Needs tokens of a day. */
export async function makeOutsiders(safe: TestSafe): Promise<Outsider[]> {
  const good = await safe.person('otto');
  const refused = {
    answer: notAuthorized,
    challenge: 'Bearer error="invalid_token"',
    user: '-',
    reason: 'token_invalid',
  };
  const missing = { ...refused, challenge: 'Bearer', reason: 'token_missing' };
  const bearer = (person: Person) => `Bearer ${person.token}`;

  const long = new Date(Date.now() - hours(30));
  safe.setClock(long);
  const expired = await safe.token(good.clientId, good.clientSecret);
  safe.setClock(new Date(Date.now() - hours(2)));
  const short = await safe.person('ofelia', { expiresAt: new Date(Date.now() - hours(1)).toISOString() });
  safe.setClock(null);

  const revoked = await safe.person('oscar');
  await safe.operator.run('access-key.revoke', { clientId: revoked.clientId });
  const disabled = await safe.person('olaf');
  await safe.operator.run('user.disable', { username: 'olaf' });
  const elsewhere = await safe.person('odin');
  await safe.operator.run('access-key.change', { clientId: elsewhere.clientId, addresses: ['192.0.2.0/24'] });

  const [header = '', payload = '', signature = ''] = good.token.split('.');
  const none = Buffer.from('{"typ":"JWT","alg":"none"}').toString('base64url');
  const other = signature.startsWith('A') ? 'B' : 'A';
  return [
    { who: 'no token', authorization: null, ...missing },
    { who: 'another scheme', authorization: 'Basic b3R0bzpvdHRv', ...missing },
    { who: 'a bearer of nothing', authorization: 'Bearer ', ...missing },
    { who: 'a malformed token', authorization: 'Bearer abc', ...refused },
    {
      who: 'a wrong signature',
      authorization: `Bearer ${header}.${payload}.${other}${signature.slice(1)}`,
      ...refused,
    },
    { who: 'the algorithm none', authorization: `Bearer ${none}.${payload}.`, ...refused },
    { who: 'none with a signature', authorization: `Bearer ${none}.${payload}.${signature}`, ...refused },
    { who: 'an expired token', authorization: `Bearer ${expired}`, ...refused },
    { who: 'a revoked key', authorization: bearer(revoked), ...refused },
    { who: 'an expired key', authorization: bearer(short), ...refused },
    { who: 'a disabled owner', authorization: bearer(disabled), ...refused },
    {
      who: 'a key that another address may use',
      authorization: bearer(elsewhere),
      answer: keyRestricted,
      challenge: null,
      user: '-',
      reason: 'key_restricted',
    },
  ];
}

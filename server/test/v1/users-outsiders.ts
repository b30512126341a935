import assert from 'node:assert/strict';
import type { Action } from '../../src/domain/access.ts';
import { firstPolicy, type Policy } from '../../src/domain/policy.ts';
import { savePolicy } from '../../src/storage/policy.ts';
import { auditLines, forgetRefusals } from '../audit-left.ts';
import type { Answer, Person, SignedIn, TestSafe } from '../start-safe.ts';
import { inStore } from './users-store.ts';

/** Callers who may not, whatever they try; `root` may, while his proof is fresh. */
export type Outsiders = {
  safe: TestSafe;
  root: SignedIn;
  rootKey: Person;
  nobody: SignedIn;
  gone: SignedIn;
};

/** One call, what it is in the rules, and whom it is open to beside `root`. */
export type Guarded = {
  method: string;
  path: string;
  body?: object;
  action: Action;
  /** Of the refusal's entry. */
  target?: string;
  /** Open to every session, or to administrators. */
  open: 'anyone' | 'admins';
  /** Asks for a fresh proof. */
  sudo?: true;
};

export async function makeOutsiders(safe: TestSafe): Promise<Outsiders> {
  const root = await safe.signIn('root', 'admin');
  await inStore(safe, (tx) => savePolicy(tx, { ...firstPolicy, revision: 1 }, new Date()));
  const gone = await safe.signIn('gone');
  await safe.operator.run('user.disable', { username: 'gone' });
  return { safe, root, rootKey: await safe.person('root'), nobody: await safe.signIn('nobody'), gone };
}

const elevenMinutes = 11 * 60_000;

/** Holds a call to be refused to all who may not make it, each with its entry. */
export async function mustTurnAway({ safe, root, rootKey, nobody, gone }: Outsiders, one: Guarded): Promise<void> {
  const { method, path, body, action, target = '-', open, sudo } = one;
  const refused = async (who: string, answer: Answer, status: number, code: string, by: string) => {
    const about = `${who}: ${method} ${path} ${answer.status} ${answer.text}`;
    assert.deepEqual([answer.status, (answer.json as { code?: string })?.code], [status, code], about);
    const on = by === '-' ? undefined : target;
    const lines = (await auditLines(safe, answer)).map((line) => line.split(' '));
    assert.deepEqual(
      lines.map(([event, user, about, reason]) => [event, user, on && about, reason]),
      [[`${action}.refused`, by, on, code]],
      about,
    );
  };
  forgetRefusals(safe);
  await refused('a stranger', await safe.call(method, path, body), 401, 'token_missing', '-');
  forgetRefusals(safe);
  await refused('a disabled user', await gone.call(method, path, body), 401, 'token_invalid', '-');
  await refused('a key', await rootKey.call(method, path, body), 403, 'access_denied', 'root');
  if (open === 'admins')
    await refused('a member', await nobody.call(method, path, body), 403, 'access_denied', 'nobody');
  if (sudo) {
    safe.setClock(new Date(Date.now() + elevenMinutes));
    await refused('an old proof', await root.call(method, path, body), 403, 'proof_required', 'root');
    safe.setClock(null);
  }
  await setPolicy(safe, { ...firstPolicy, secondFactor: 'everyone' });
  const without = await root.call(method, path, body);
  await setPolicy(safe, firstPolicy);
  await refused('without a second factor', without, 403, 'second_factor_not_enrolled', 'root');
  if (method !== 'GET') {
    const foreign = await root.call(method, path, body, { 'sec-fetch-site': 'cross-site' });
    assert.equal((foreign.json as { code?: string }).code, 'origin_foreign', foreign.text);
  }
}

function setPolicy(safe: TestSafe, policy: Policy): Promise<void> {
  return inStore(safe, (tx) => savePolicy(tx, { ...policy, revision: 2 }, new Date()));
}

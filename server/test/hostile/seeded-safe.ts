import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { buildApp } from '../../src/http/app.ts';
import type { Engine } from '../../src/storage/connection.ts';
import { type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { type Cast, startCast } from './cast.ts';
import { allOperations } from './odd-operations.ts';
import type { Route } from './odd-strays.ts';
import type { Callers } from './odd-wire.ts';

/** Errors that nobody caught: each would have ended a server that runs by itself. */
const uncaught: string[] = [];
process.on('uncaughtException', (thrown) => {
  uncaught.push(String(thrown));
});

export type SeededSafe = {
  safe: TestSafe;
  callers: Callers;
  cast: Cast;
  /** Routes of the server that are neither the wire's nor our own API's. */
  strays: readonly Route[];
  ana: Person;
  /** Texts of Vera's that nobody else may ever see. */
  secrets: readonly string[];
  /** What Ana's keys are used with: none of it may be in the log. */
  credentials: readonly string[];
};

/** Ana, whom the requests pretend to be, and Vera, who shares nothing with her; their items' numbers alternate. */
export async function startSeededSafe(engine: Engine, environment: Record<string, string> = {}): Promise<SeededSafe> {
  const safe = await startSafe(engine, environment);
  const ana = await safe.person('ana');
  const vera = await safe.person('vera');
  const readOnly = await safe.person('ana', { readOnly: true });
  const encrypting = await safe.person('ana', { encryption: 'rsa-oaep' });
  const revoked = await safe.person('ana');
  await safe.operator.run('access-key.revoke', { clientId: revoked.clientId });
  await safe.operator.run('group.add', { name: 'crew', members: ['vera'] });
  const secrets: string[] = [];
  const secret = (what: string): string => {
    const text = `vera-${what}-${secrets.length}-kept`;
    secrets.push(text);
    return text;
  };
  for (let round = 0; round < 4; round += 1) {
    for (const { person, word } of [
      { person: ana, word: (what: string) => `ana-${what}` },
      { person: vera, word: secret },
    ]) {
      const drafts: [string, object][] = [
        ['password', { username: word('user'), password: word('password'), url: word('url'), notes: word('notes') }],
        // Too long for the block of an access key that encrypts: the contract's own 500.
        ['note', { note: word('note').padEnd(600, '.') }],
        ['secretapi', { url: word('url'), client_id: word('id'), client_secret: word('secret'), notes: word('notes') }],
      ];
      for (const [kind, draft] of drafts) {
        const whole = { name: word('name'), tags: word('tag'), secret_key: 'JBSWY3DPEHPK3PXP', ...draft };
        const made = await person.call('POST', `/api/mysafe/${kind}`, whole);
        assert.equal(made.status, 201, made.text);
      }
    }
  }
  // Each its own key: a key may end itself, and the others go on. Hers stays, to see afterwards whether the safe is unharmed.
  const callers: Person[] = [];
  for (let count = 0; count < 9; count += 1) callers.push(await safe.person('ana'));
  const [first = ana, second = ana] = callers;
  const clients = [first, second, readOnly, revoked].map(({ clientId: id, clientSecret }) => ({
    id,
    secret: clientSecret,
  }));
  const tokens = [
    ...callers.map(({ token }) => token),
    readOnly.token,
    ...Array.from({ length: 3 }, () => encrypting.token),
    revoked.token,
  ];
  const cast = await startCast(safe, tokens);
  const credentials = [ana, ...callers].flatMap(({ clientSecret, token }) => [clientSecret, token]);
  return { safe, ana, secrets, credentials, cast, strays: await straysOf(safe), callers: { tokens, clients } };
}

/** By the routes that the server itself has, so that none is forgotten. */
async function straysOf({ serving, settings }: TestSafe): Promise<Route[]> {
  const app = buildApp(serving.safe, settings);
  const routes: Route[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, url });
  });
  await app.ready();
  await app.close();
  const own = new Set(allOperations.map(({ path }) => `/api/v1${path.replaceAll(/\{(\w+)\}/g, ':$1')}`));
  const known = routes.filter(({ url }) => own.has(url));
  assert.equal(known.length, allOperations.length);
  return routes.filter(({ url }) => !own.has(url) && !/^\/(api|iso)\/(mysafe|oauth2)\//.test(url));
}

/** Fails when the safe was harmed: it must still serve, its audit still verify, and its log hold none of the secrets. */
export async function mustBeUnharmed({ safe, ana, secrets, credentials }: SeededSafe): Promise<void> {
  assert.deepEqual(uncaught, []);
  assert.equal((await safe.call('GET', '/healthz')).status, 200);
  assert.deepEqual((await safe.call('GET', '/readyz')).json, { ready: true, reasons: [] });
  const draft = { name: 'after all', username: 'u', password: 'still works' };
  const made = await ana.call('POST', '/api/mysafe/password', draft);
  assert.equal(made.status, 201, made.text);
  const { identifier } = (made.json as { password_entity: { identifier: string } }).password_entity;
  const read = await ana.call('GET', `/api/mysafe/password/${identifier}`);
  assert.equal((read.json as { password_entity: { password: string } }).password_entity.password, 'still works');
  const { problems } = await safe.operator.run('audit.verify', undefined as never);
  assert.deepEqual(problems, []);
  const log = safe.log();
  assert.deepEqual(
    [...secrets, ...credentials].filter((secret) => log.includes(secret)),
    [],
  );
  assert.deepEqual(
    log.split('\n').filter((line) => /"level":"(error|fatal)"/.test(line)),
    [],
  );
}

/** Bytes of the heap in use after everything that can be freed was. */
export function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

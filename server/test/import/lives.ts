import { setTimeout as sleep } from 'node:timers/promises';
import { bareSettings } from '../bare-settings.ts';
import { type ChildServer, startChildServer } from '../child-server.ts';
import { type Answer, anyPassword, type engines, type SignedIn } from '../start-safe.ts';
import { openByHand } from '../store-by-hand.ts';
import { done } from '../v1/problem.ts';
import type { Planned } from './plan-steps.ts';

/** Processes that start take as long as the host lets them. */
export const patient = { timeout: 300_000 };

/** A server that is killed and started again, and one person through all its lives: her session is in the store. */
export type Lives = {
  ana: Pick<SignedIn, 'call'>;
  cookie: string;
  /** Of the life that it has now. */
  now(): ChildServer;
  killed(): Promise<void>;
  read(id: number): Promise<Planned>;
  /** Waits until an import has come so far, kills the server there, starts it again, and gives what it then says. */
  killedAt(id: number, far: number): Promise<Planned>;
  /** Rows of the store, of `table where ...`. */
  count(where: string): Promise<number>;
  close(): Promise<void>;
};

export async function startLives(engine: (typeof engines)[number]): Promise<Lives> {
  const bare = await bareSettings(engine);
  const start = () => startChildServer({ ...bare.environment, ARCA_LOG_LEVEL: 'warn' });
  let server = await start();
  let cookie = '';
  const ana: Lives['ana'] = {
    async call(method, path, body): Promise<Answer> {
      const headers = { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await fetch(`${server.url}${path}`, { method, headers, ...sent });
      const text = await response.text();
      const { status } = response;
      return { status, headers: response.headers, text, json: text === '' ? null : JSON.parse(text) };
    },
  };
  await server.operator.run('user.add', { username: 'ana', password: anyPassword });
  const signedIn = await ana.call('POST', '/api/v1/session', { username: 'ana', password: anyPassword });
  cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const store = await openByHand(bare.settings);
  const read = async (id: number) => done<Planned>(await ana.call('GET', `/api/v1/imports/${id}`));
  const killed = async () => {
    await server.kill();
    server = await start();
  };
  return {
    ana,
    cookie,
    now: () => server,
    killed,
    read,
    async killedAt(id, far) {
      for (let tries = 0; tries < 5000 && (await read(id)).done < far; tries += 1) await sleep(5);
      await killed();
      return read(id);
    },
    count: async (where) => Number((await store.one(`select count(*) as count from ${where}`)).count),
    async close() {
      await store.close();
      await server.kill();
      await bare.remove();
    },
  };
}

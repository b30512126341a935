import { anyPassword, type TestSafe } from '../start-safe.ts';

type Role = 'admin' | 'member';
/** `own` is what he made when he came, by the first word of the operations that deal with it. */
export type Player = { username: string; role: Role; cookie: string; own: Readonly<Record<string, number>> };

/** Who requests to our own API come from: people in their sessions, and programs by their tokens. */
export type Cast = {
  /** Whatever the requests do to them, demote them or shut them out. */
  people: Player[];
  tokens: readonly string[];
  /** Puts a new person in the place of whoever has this cookie and lost his session or role. */
  recast(cookie: string): Promise<void>;
};

const roles: readonly Role[] = ['admin', 'admin', 'member'];

export async function startCast(safe: TestSafe, tokens: readonly string[]): Promise<Cast> {
  let count = 0;
  const enter = async (role: Role): Promise<Player> => {
    count += 1;
    const username = `${role}-${count}`;
    // By the operator, who needs no second administrator.
    await safe.operator.run('user.add', { username, password: anyPassword, role });
    for (;;) {
      const { status, headers } = await safe.call('POST', '/api/v1/session', { username, password: anyPassword });
      const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
      if (status === 201) return { username, role, cookie, own: await belongings(safe, cookie, count) };
      // The odd requests hash passwords too, and only so many wait.
      if (status !== 429) throw new Error(`${username} could not sign in: ${status}`);
    }
  };
  const people: Player[] = [];
  for (const role of roles) people.push(await enter(role));
  let turn: Promise<void> = Promise.resolve();
  const replace = async (cookie: string): Promise<void> => {
    const at = people.findIndex((player) => player.cookie === cookie);
    const player = people[at];
    if (!player) return;
    const { status, json } = await safe.call('GET', '/api/v1/session', undefined, { cookie });
    const isAsWas = status === 200 && (json as { user: { role: Role } }).user.role === player.role;
    if (!isAsWas) people[at] = await enter(player.role);
  };
  return {
    people,
    tokens,
    recast(cookie) {
      turn = turn.then(() => replace(cookie));
      return turn;
    },
  };
}

/** Something of each sort, so that requests find what they may change. */
async function belongings(safe: TestSafe, cookie: string, count: number): Promise<Player['own']> {
  const make = async (path: string, body: object): Promise<{ id?: number; number?: number }> => {
    const { json } = await safe.call('POST', path, body, { cookie, 'sec-fetch-site': 'same-origin' });
    return json as { id?: number; number?: number };
  };
  const items = await Promise.all([
    make('/api/v1/items/password', { name: 'n', username: 'u', password: 'p' }),
    make('/api/v1/items/note', { name: 'n', note: 't' }),
    make('/api/v1/items/api-secret', { name: 'n', url: 'u', clientId: 'c', clientSecret: 's' }),
  ]);
  const group = await make('/api/v1/private-groups', { name: `of ${count}` });
  const key = await make('/api/v1/access-keys', { name: `of ${count}` });
  const [password = 1, note = 1, secret = 1] = items.map(({ number }) => number);
  return { password, note, 'api-secret': secret, privateGroups: group.id ?? 999, accessKeys: key.id ?? 999 };
}

import type { Chance } from '../chance.ts';
import type { Caller } from './caller.ts';
import { type DrilledKind, type ItemState, type Known, type KnownItem, learn, mustHold, nameOf } from './known.ts';

const kinds: readonly DrilledKind[] = ['password', 'note', 'api-secret'];

/** What the wire calls each kind. */
const wirePath: Readonly<Record<DrilledKind, string>> = {
  password: 'password',
  note: 'note',
  'api-secret': 'secretapi',
};
/** The secret field that holds an item's text; its name holds it too, so that half a change shows. */
export const secretOf: Readonly<Record<DrilledKind, string>> = {
  password: 'password',
  note: 'note',
  'api-secret': 'clientSecret',
};

export type Worker = {
  at: number;
  caller: Caller;
  chance: Chance;
  /** The client next to this one, whom he shares with and who reads that. */
  next: Caller;
  mine: KnownItem[];
  /** Those of the client before. */
  others: readonly KnownItem[];
};

const likely = [
  ...['create', 'create', 'create', 'update', 'update', 'update', 'reveal', 'reveal', 'reveal', 'state', 'state'],
  ...['share', 'share', 'foreign', 'list', 'token'],
] as const;

/** Calls until the server is gone: then it rejects with what broke the connection. */
export async function workUntilGone(known: Known, worker: Worker, round: number): Promise<never> {
  for (let step = 0; ; step += 1) {
    const wish = worker.chance.of(likely) ?? 'create';
    const item = worker.chance.of(worker.mine);
    if (wish === 'create' || item === undefined) await create(known, worker, `r${round}-c${worker.at}-${step}-`);
    else await works[wish](known, worker, item, `r${round}-c${worker.at}-${step}-`);
  }
}

/** A note over the wire; the others in our own API, with a key that lets the same request be sent again. */
async function create(known: Known, { at, caller, chance, mine }: Worker, text: string): Promise<void> {
  const kind = chance.of(kinds) ?? 'note';
  const asked = { kind, text, key: kind === 'note' ? null : text };
  known.creating.set(at, asked);
  const number =
    kind === 'note' ? await createNote(caller, text) : await createOnce(caller, { kind, text, key: text }, true);
  known.creating.delete(at);
  const item: KnownItem = { kind, number, state: fresh(text), asked: null };
  learn(known, item);
  mine.push(item);
  count(known, 'created');
}

async function createNote(caller: Caller, text: string): Promise<number> {
  const { status, json } = await caller.call('POST', '/api/mysafe/note', { name: text, note: text }, true);
  mustHold(status === 201, `creating a note was answered ${status}`);
  return Number((json.note_entity as { identifier: string }).identifier);
}

/** Sent again after a crash it gives the same item, and need not be told of again. */
export async function createOnce(
  caller: Caller,
  { kind, text, key }: { kind: DrilledKind; text: string; key: string },
  isFirst: boolean,
): Promise<number> {
  const fields =
    kind === 'password'
      ? { name: text, username: 'drill', password: text }
      : { name: text, url: 'https://drill.example', clientId: 'drill', clientSecret: text };
  const headers = { 'idempotency-key': key };
  const { status, json } = await caller.call('POST', `/api/v1/items/${kind}`, fields, isFirst, headers);
  mustHold(status === 201, `creating a ${kind} was answered ${status} ${JSON.stringify(json)}`);
  return Number(json.number);
}

export function fresh(text: string): ItemState {
  return { text, enabled: true, shared: false, revision: 1 };
}

type Work = (known: Known, worker: Worker, item: KnownItem, text: string) => Promise<void>;

/** Asks for a change; until its answer came the item may be in either state. */
async function change(known: Known, item: KnownItem, wish: Partial<ItemState>, ask: () => Promise<{ status: number }>) {
  const asked = { ...item.state, ...wish, revision: item.state.revision + 1 };
  item.asked = asked;
  known.touched.add(item);
  const { status } = await ask();
  mustHold(
    status === 200 || status === 204,
    `a change of ${nameOf(item)} to ${JSON.stringify(asked)} was answered ${status}`,
  );
  item.state = asked;
  item.asked = null;
}

const works: Readonly<Record<Exclude<(typeof likely)[number], 'create'>, Work>> = {
  async update(known, { caller }, item, text) {
    const { kind, number, state } = item;
    if (!state.enabled) return works.state(known, { caller } as Worker, item, text);
    const fields = { name: text, [secretOf[kind]]: text };
    await change(known, item, { text }, () =>
      kind === 'note'
        ? caller.call('PUT', `/api/mysafe/note/update/${number}`, fields, true)
        : caller.call('PATCH', `/api/v1/items/${kind}/${number}`, fields, true),
    );
    count(known, 'updated');
  },
  async reveal(known, { caller }, item) {
    const { kind, number, state } = item;
    const { status, json } = await caller.call('GET', `/api/mysafe/${wirePath[kind]}/${number}`, null, true);
    mustHold(
      state.enabled === (status === 200),
      `reading ${nameOf(item)}, ${JSON.stringify(state)}, was answered ${status}`,
    );
    mustHold(
      status !== 200 || JSON.stringify(json).includes(state.text),
      `${nameOf(item)} lacks its acknowledged text`,
    );
    count(known, 'revealed');
  },
  async state(known, { caller }, item) {
    const { kind, number, state } = item;
    const word = state.enabled ? 'inactive' : 'active';
    await change(known, item, { enabled: !state.enabled }, () =>
      caller.call('POST', `/api/mysafe/${wirePath[kind]}/${word}/${number}`, null, true),
    );
    count(known, state.enabled ? 'disabled' : 'enabled');
  },
  async share(known, worker, item, text) {
    const { caller, next } = worker;
    const { kind, number, state } = item;
    if (!state.enabled) return works.state(known, worker, item, text);
    const path = `/api/v1/items/${kind}/${number}/shares/users/${next.username}`;
    await change(known, item, { shared: !state.shared }, () =>
      state.shared ? caller.call('DELETE', path, null, true) : caller.call('PUT', path, { role: 'viewer' }, true),
    );
    count(known, state.shared ? 'unshared' : 'shared');
  },
  /** Its owner may close it in this very moment: a refusal is as good, and recorded as well. */
  async foreign(known, { caller, chance, others }) {
    const item = chance.of(others);
    if (!item) return;
    await caller.call('GET', `/api/mysafe/${wirePath[item.kind]}/${item.number}`, null, true);
    count(known, 'read by another');
  },
  async list(known, { caller, mine }) {
    const { status, json } = await caller.call('GET', '/api/v1/items?owner=me&state=all&limit=1', null, false);
    mustHold(status === 200 && json.total === mine.length, `a list told ${json.total} items of ${mine.length}`);
    count(known, 'listed');
  },
  async token(known, { caller }) {
    await caller.newToken();
    count(known, 'tokens');
  },
};

function count(known: Known, what: string): void {
  known.counts[what] = (known.counts[what] ?? 0) + 1;
}

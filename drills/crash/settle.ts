import type { Caller } from './caller.ts';
import { type ItemState, type Known, type KnownItem, learn, mustHold, nameOf, settle } from './known.ts';
import { createOnce, fresh, secretOf, type Worker } from './work.ts';

/** After a restart: what was asked for and not answered is one of two, and everything else is as it was told. */
export async function settleAll(known: Known, workers: readonly Worker[], all: boolean): Promise<void> {
  for (const worker of workers) await settleCreation(known, worker);
  const touched = all ? new Set(known.items.values()) : known.touched;
  await Promise.all(
    workers.map(async ({ caller, mine }) => {
      for (const item of mine) {
        if (!touched.has(item)) continue;
        settle(item, await look(caller, item));
        await mustBeFound(caller, item);
      }
    }),
  );
  known.touched.clear();
}

async function settleCreation(known: Known, { at, caller, mine }: Worker): Promise<void> {
  const asked = known.creating.get(at);
  if (!asked) return;
  const { kind, text, key } = asked;
  const found = await numbersNamed(caller, asked);
  mustHold(found.length <= 1, `${text} was asked for once and is there as ${found.join(' and ')}`);
  let [number] = found;
  if (key !== null) {
    const again = await createOnce(caller, { kind, text, key }, false);
    mustHold(number === undefined || again === number, `${text} is ${number}, and ${again} when it is sent again`);
    number = again;
  }
  known.creating.delete(at);
  if (number === undefined) return;
  const item: KnownItem = { kind, number, state: fresh(text), asked: null };
  learn(known, item);
  mine.push(item);
}

/** All that is stored of an item, read by its owner; name and secret must be of one version. */
async function look(caller: Caller, item: KnownItem): Promise<ItemState> {
  const path = `/api/v1/items/${item.kind}/${item.number}`;
  const { status, json } = await caller.call('GET', path, null, false);
  mustHold(status === 200, `${nameOf(item)} was acknowledged, and is answered ${status}`);
  const text = String(json.name);
  const enabled = Boolean(json.enabled);
  if (enabled) {
    const revealed = await caller.call('POST', `${path}/reveal`, {}, true);
    mustHold(revealed.status === 200, `${nameOf(item)} does not open: ${revealed.status}`);
    const secret = (revealed.json.secrets as Record<string, unknown>)[secretOf[item.kind]];
    mustHold(secret === text, `${nameOf(item)} is called ${text} and holds ${secret}`);
  }
  return { text, enabled, shared: json.sharedWith === 1, revision: Number(json.revision) };
}

/** By its index alone: an item that no search finds is half an item. */
async function mustBeFound(caller: Caller, item: KnownItem): Promise<void> {
  const found = await numbersNamed(caller, { kind: item.kind, text: item.state.text });
  mustHold(
    found.length === 1 && found[0] === item.number,
    `a search for ${nameOf(item)} finds ${found.join() || 'nothing'}`,
  );
}

async function numbersNamed(caller: Caller, { kind, text }: { kind: string; text: string }): Promise<number[]> {
  const query = new URLSearchParams({ kind, name: text, owner: 'me', state: 'all' });
  const { status, json } = await caller.call('GET', `/api/v1/items?${query}`, null, false);
  mustHold(status === 200, `a search was answered ${status}`);
  return (json.items as { number: number }[]).map(({ number }) => number);
}

/** Nobody has an item that nobody asked for. */
export async function mustKnowAll(known: Known, workers: readonly Worker[]): Promise<void> {
  for (const { caller, mine } of workers) {
    const { json } = await caller.call('GET', '/api/v1/items?owner=me&state=all&limit=1', null, false);
    mustHold(json.total === mine.length, `${caller.username} owns ${json.total} items and was told of ${mine.length}`);
  }
  mustHold(workers.reduce((sum, { mine }) => sum + mine.length, 0) === known.items.size, 'an item is known twice');
}

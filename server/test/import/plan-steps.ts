import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SignedIn } from '../start-safe.ts';
import { done } from '../v1/problem.ts';

export type Planned = {
  id: number;
  status: string;
  format: string;
  counts: { new: number; same: number; changed: number; rejected: number };
  outcomes: Record<'created' | 'updated' | 'left' | 'undone' | 'kept', number>;
  done: number;
  total: number;
  failure: string | null;
  receipt: { from: string; counts: Record<string, number>; digest: string } | null;
};
export type PlannedRow = {
  line: number;
  kind: string;
  name: string;
  verdict: string;
  outcome: string | null;
  number: number | null;
  reason: string | null;
  remarks: string[];
};
type Caller = Pick<SignedIn, 'call'>;

export async function plan(who: Caller, bytes: Uint8Array | string, more: object = {}): Promise<Planned> {
  const content = Buffer.from(bytes as Uint8Array).toString('base64');
  return done(await who.call('POST', '/api/v1/imports', { file: 'sample', content, ...more }), 201) as Planned;
}

/** Applies, or undoes, and waits until the safe is done with it. */
export async function finish(who: Caller, id: number, verb: 'apply' | 'undo', body?: object): Promise<Planned> {
  done(await who.call('POST', `/api/v1/imports/${id}/${verb}`, body));
  return ended(who, id);
}

export async function ended(who: Caller, id: number): Promise<Planned> {
  for (let tries = 0; tries < 1500; tries += 1) {
    const now = done(await who.call('GET', `/api/v1/imports/${id}`)) as Planned;
    if (!['applying', 'undoing'].includes(now.status)) return now;
    await sleep(40);
  }
  return assert.fail(`import ${id} does not come to its end`);
}

export async function rowsOf(who: Caller, id: number, query = ''): Promise<PlannedRow[]> {
  const { rows } = done(await who.call('GET', `/api/v1/imports/${id}/rows?limit=200${query}`)) as {
    rows: PlannedRow[];
  };
  return rows;
}

/** Every field of all items of a kind that a person owns, in the order of their numbers; codes of the moment aside. */
export async function contents(who: Caller, kind: string): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  const { items } = done(await who.call('GET', `/api/v1/items?kind=${kind}&limit=200`)) as {
    items: { number: number }[];
  };
  for (const { number } of items.sort((a, b) => a.number - b.number)) {
    const answer = await who.call('POST', `/api/v1/items/${kind}/${number}/reveal`, {});
    const { open, secrets } = done(answer) as { open: object; secrets: { code?: string } };
    const { code: _, ...lasting } = secrets;
    found.push({ number, ...open, ...lasting });
  }
  return found;
}

import type { StoredEntry } from '../../storage/audit.ts';
import { type FollowedTable, type RowChange, readChanges } from '../../storage/changed-rows.ts';
import type { StandingRow } from '../../storage/followed-rows.ts';
import type { AuditProblem } from './verdict.ts';

/**
 * What an entry tells of one row: its digest, null when it was removed; `before` is the digest that was found then.
 * `isCarried`: an archived entry told it, and this one tells it again.
 */
type Told = {
  order: number;
  digest: string | null;
  before: string | null;
  isCarried: boolean;
  lane: string;
  sequence: number;
  at: number;
  event: string;
};

/** All that the entries read so far tell of rows, by `table row`: of each its last states, the newest first. */
export type ToldRows = {
  rows: Map<string, Told[]>;
  /** Which lane has each order: no two may have the same. */
  orders: Map<number, string>;
  problems: AuditProblem[];
};

/** How many states of each row are remembered: to say which one came back, and to check what each change found. */
const mostStates = 9;

export function addEntry(told: ToldRows, entry: StoredEntry): void {
  if (entry.changed_rows === null) return;
  const { lane, sequence, at, event } = entry;
  const changes = readChanges(entry.changed_rows);
  if (!changes) {
    told.problems.push({ lane, sequence, problem: 'what it tells of rows cannot be read' });
    return;
  }
  const { order, rows } = changes;
  const owner = told.orders.get(order);
  if (owner !== undefined && owner !== lane) {
    told.problems.push({ lane, sequence, problem: `its changes claim the place of those of lane ${owner}` });
  }
  told.orders.set(order, lane);
  for (const change of rows) addChange(told, change, { order, lane, sequence, at, event });
}

function addChange(
  told: ToldRows,
  [table, row, digest, last]: RowChange,
  entry: Pick<Told, 'order' | 'lane' | 'sequence' | 'at' | 'event'>,
): void {
  const name = `${table} ${row}`;
  const isCarried = typeof last === 'number';
  const before = typeof last === 'string' ? last : null;
  const state: Told = { ...entry, digest, before, isCarried, ...(isCarried ? { order: last } : {}) };
  const states = told.rows.get(name);
  if (!states) {
    told.rows.set(name, [state]);
    return;
  }
  // Lanes are read one after another, so that an older state may come after a newer one.
  const at = states.findIndex((one) => isLater(state, one));
  states.splice(at < 0 ? states.length : at, 0, state);
  if (states.length > mostStates) states.pop();
}

/**
 * Changes of one batch share their order, and stand in one lane in the order in which they were made. What is carried
 * gives way to an entry that tells it itself.
 */
function isLater(a: Told, b: Told): boolean {
  if (a.order !== b.order) return a.order > b.order;
  if (a.isCarried !== b.isCarried) return b.isCarried;
  return a.isCarried ? a.at >= b.at : a.sequence > b.sequence;
}

/**
 * A change that found the row in another state than the entry before tells, and took it as it stood; `last` is that
 * entry, if there is one.
 */
function takenAsItStood(states: readonly Told[]): { found: Told; last: Told | undefined } | null {
  for (const [at, found] of states.entries()) {
    if (found.before === null) return null;
    const last = states[at + 1];
    if (!last && states.length === mostStates) return null;
    if (!last || found.before !== last.digest) return { found, last };
  }
  return null;
}

/** The rows that do not stand as the last entry about each tells, by `table row`. */
export async function compareRows(
  told: ToldRows,
  standing: AsyncIterable<StandingRow>,
): Promise<Map<string, AuditProblem>> {
  const found = new Map<string, AuditProblem>();
  const seen = new Set<string>();
  for await (const { table, row, digest, isIntact } of standing) {
    const name = `${table} ${row}`;
    seen.add(name);
    const states = told.rows.get(name) ?? [];
    const [last] = states;
    const place = { lane: last?.lane ?? null, sequence: last?.sequence ?? null };
    const say = (problem: string) => found.set(name, { ...place, problem: `${inWords(table, row)} ${problem}` });
    if (!isIntact) say('was changed by other hands: its MAC does not hold');
    else if (!last) say('is there, and no entry tells of it');
    else if (last.digest === null) say(`was put back: this entry of ${timeOf(last.at)} tells that it was removed`);
    else if (last.digest !== digest) say(`was put back to an older state${since(states, last, digest)}`);
    else {
      const taken = takenAsItStood(states);
      if (taken) say(foundBefore(taken, states));
    }
  }
  for (const [name, states] of told.rows) {
    const [last] = states;
    if (!last || seen.has(name)) continue;
    const taken = last.digest === null ? takenAsItStood(states) : null;
    if (last.digest === null && !taken) continue;
    const [table = '', row = ''] = name.split(' ');
    const { lane, sequence } = last;
    const what = taken ? foundBefore(taken, states) : 'is missing, and no entry tells that it was removed';
    found.set(name, { lane, sequence, problem: `${inWords(table as FollowedTable, row)} ${what}` });
  }
  return found;
}

const timeOf = (at: number): string => new Date(at).toISOString();

function foundBefore({ found, last }: { found: Told; last: Told | undefined }, states: readonly Told[]): string {
  // Nobody's act has such an entry but the walk that writes every row anew.
  const change = `the ${found.event === 'audit.rows-changed' ? 'rotation' : 'change'} of ${timeOf(found.at)}`;
  if (!last) return `is there, and no entry tells of it but ${change}`;
  if (last.digest === null) {
    return `was put back before ${change}: this entry of ${timeOf(last.at)} tells that it was removed`;
  }
  const older = since(states.slice(states.indexOf(last)), last, found.before ?? '');
  return `was put back to an older state before ${change}${older}`;
}

function since(states: readonly Told[], last: Told, digest: string): string {
  const from = states.find((state) => state !== last && state.digest === digest);
  return from ? `: that of ${timeOf(from.at)}, before this entry of ${timeOf(last.at)}` : `, older than this entry`;
}

/** As the operator knows it: `share of password:3 with user:7`, `membership of user:7 in group:2`. */
function inWords(table: FollowedTable, row: string): string {
  const [first, second, third, fourth] = row.split(':');
  switch (table) {
    case 'items':
      return `${first}:${second}`;
    case 'shares':
      return `the share of ${first}:${second} with ${third}:${fourth}`;
    case 'group_members':
      return `the membership of user:${second} in group:${first}`;
    case 'credentials':
      return `the password of user:${first}`;
    case 'second_factors':
      return `the second factor of user:${first}`;
    case 'policy':
      return 'the policy';
    default:
      return `${{ users: 'user', groups: 'group', access_keys: 'access-key', proposals: 'proposal', imports: 'import' }[table]}:${first}`;
  }
}

import type { StoredEntry } from '../../storage/audit.ts';
import { type FollowedTable, type RowChange, readChanges } from '../../storage/changed-rows.ts';
import type { StandingRow } from '../../storage/followed-rows.ts';
import type { AuditProblem } from './verdict.ts';

/** What an entry tells of one row: its digest, null when it was removed. */
type Told = { order: number; digest: string | null; lane: string; sequence: number; at: number; older: OlderState[] };
type OlderState = { digest: string; at: number };

/** All that the entries read so far tell of rows, by `table row`. */
export type ToldRows = {
  rows: Map<string, Told>;
  /** Which lane has each order: no two may have the same. */
  orders: Map<number, string>;
  problems: AuditProblem[];
};

/** How many states before the last one are remembered for each row, to say which one came back. */
const mostOlder = 8;

export function addEntry(told: ToldRows, entry: StoredEntry): void {
  if (entry.changed_rows === null) return;
  const { lane, sequence, at } = entry;
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
  for (const change of rows) addChange(told, change, { order, lane, sequence, at });
}

function addChange(
  told: ToldRows,
  [table, row, digest]: RowChange,
  entry: Pick<Told, 'order' | 'lane' | 'sequence' | 'at'>,
): void {
  const name = `${table} ${row}`;
  const before = told.rows.get(name);
  // Changes of one batch share their order, and stand in one lane in the order in which they were made.
  if (before && (before.order > entry.order || (before.order === entry.order && before.sequence > entry.sequence)))
    return;
  const older = before?.digest ? [...before.older, { digest: before.digest, at: before.at }] : (before?.older ?? []);
  told.rows.set(name, { ...entry, digest, older: older.slice(-mostOlder) });
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
    const last = told.rows.get(name);
    const place = { lane: last?.lane ?? null, sequence: last?.sequence ?? null };
    const say = (problem: string) => found.set(name, { ...place, problem: `${inWords(table, row)} ${problem}` });
    if (!isIntact) say('was changed by other hands: its MAC does not hold');
    else if (!last) say('is there, and no entry tells of it');
    else if (last.digest === null) say(`was put back: this entry of ${timeOf(last.at)} tells that it was removed`);
    else if (last.digest !== digest) say(`was put back to an older state${since(last, digest)}`);
  }
  for (const [name, last] of told.rows) {
    if (last.digest === null || seen.has(name)) continue;
    const [table = '', row = ''] = name.split(' ');
    const { lane, sequence } = last;
    const problem = `${inWords(table as FollowedTable, row)} is missing, and no entry tells that it was removed`;
    found.set(name, { lane, sequence, problem });
  }
  return found;
}

const timeOf = (at: number): string => new Date(at).toISOString();

function since(last: Told, digest: string): string {
  const from = last.older.findLast((state) => state.digest === digest);
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

import type { AuthorityTable } from './tables.ts';

/**
 * Tables whose rows the audit follows. Sessions are not among them (they end by themselves, and their last use is saved
 * without an entry), nor are recovery codes (whoever puts a used one back still has to know it).
 */
export const followedTables = [
  'users',
  'credentials',
  'second_factors',
  'policy',
  'proposals',
  'groups',
  'group_members',
  'items',
  'imports',
  'shares',
  'access_keys',
] as const satisfies readonly AuthorityTable[];

export type FollowedTable = (typeof followedTables)[number];

/**
 * A row that an act changed: table, name such as `password:3`, and the digest that it then had; null when it is gone.
 * Unless the row is new it tells the digest that it found, too, so that a row which was put back to an older state is not
 * taken for the right one because somebody has changed it since, or a rotation has written it anew. An entry that carries what archived entries told has the
 * order of the one that told it instead.
 */
export type RowChange = readonly [
  table: FollowedTable,
  row: string,
  digest: string | null,
  beforeOrOrder?: string | number,
];

/** What an entry tells of rows. `order` grows over all lanes in the order in which rows were changed. */
export type ChangedRows = { order: number; rows: readonly RowChange[] };

/** Half of a row's MAC tells it from every other state of the row, and is of no use as a MAC. */
export function digestOf(mac: Uint8Array): string {
  return Buffer.from(mac.subarray(0, 16)).toString('base64url');
}

/** The text in an entry's column; read back by readChanges. */
export function writeChanges({ order, rows }: ChangedRows): string {
  return JSON.stringify([order, ...rows]);
}

/** Null for a text that other hands wrote. */
export function readChanges(text: string): ChangedRows | null {
  try {
    const [order, ...rows] = JSON.parse(text) as [number, ...RowChange[]];
    return Number.isSafeInteger(order) && rows.every(isChange) ? { order, rows } : null;
  } catch {
    return null;
  }
}

function isChange(one: unknown): boolean {
  if (!Array.isArray(one)) return false;
  const [table, row, digest, last] = one as unknown[];
  const isFollowed = followedTables.some((known) => known === table);
  const isEnded = last === undefined || typeof last === 'string' || Number.isSafeInteger(last);
  return isFollowed && typeof row === 'string' && (digest === null || typeof digest === 'string') && isEnded;
}

import { type RawBuilder, sql } from 'kysely';
import type { RowName, WalkPlace } from '../domain/rotation.ts';
import type { Row } from './connection.ts';
import { builders, runQuery } from './statement.ts';
import type { Tables, Value } from './tables.ts';
import type { Tx } from './transaction.ts';

/** A walk through one table in the order of its key. */
export type Walked = {
  table: keyof Tables;
  /** The columns of its primary key, in its order. */
  key: readonly string[];
  columns: readonly string[];
  /** Other actions change these rows: each is held before it is read. */
  isShared: boolean;
  /** Rows of one slice at the most. */
  most: number;
};

export type Slice = { rows: Row[]; after: RowName | null; left: RowName[]; isEnd: boolean };

const mostLeft = 100;

/**
 * The rows that follow a place, and the place behind them. Rows that another transaction holds are not waited for, since
 * it may wait for ours: they are left, and tried again with every later slice.
 */
export async function takeSlice(tx: Tx, walked: Walked, { after, left }: WalkPlace): Promise<Slice> {
  const mustHold = walked.isShared && tx.on.engine === 'postgres';
  const names = mustHold ? await select(tx, walked, walked.key, after && follows(walked, after), true) : null;
  const last = names?.at(-1);
  const isEnd = names !== null && names.length < walked.most;
  if (names === null) {
    const rows = await select(tx, walked, walked.columns, after && follows(walked, after), true);
    return { rows, after: nameOf(walked, rows.at(-1)) ?? after, left: [], isEnd: rows.length < walked.most };
  }
  const waiting = left.slice(0, mostLeft);
  const found = waiting.length === 0 ? [] : await select(tx, walked, walked.key, isOneOf(walked, waiting), false);
  const wanted = [...found, ...names].map((row) => nameOf(walked, row) as RowName);
  const rows = await held(tx, walked, wanted);
  const taken = new Set(rows.map((row) => JSON.stringify(nameOf(walked, row))));
  const missed = wanted.filter((name) => !taken.has(JSON.stringify(name)));
  return {
    rows,
    after: nameOf(walked, last) ?? after,
    left: [...left.slice(mostLeft), ...missed],
    isEnd: isEnd && left.length <= mostLeft && missed.length === 0,
  };
}

async function held(tx: Tx, walked: Walked, names: readonly RowName[]): Promise<Row[]> {
  if (names.length === 0) return [];
  const columns = sql.join(walked.columns.map((name) => sql.ref(name)));
  const query = sql<Row>`select ${columns} from ${sql.table(walked.table)} where ${isOneOf(walked, names)}
    for no key update skip locked`;
  return runQuery(await tx.writing(), query.compile(builders[tx.on.engine]));
}

async function select(
  tx: Tx,
  walked: Walked,
  columns: readonly string[],
  where: RawBuilder<unknown> | null,
  isRange: boolean,
): Promise<Row[]> {
  const wanted = sql.join(columns.map((name) => sql.ref(name)));
  const order = sql.join(walked.key.map((name) => sql.ref(name)));
  const query = sql<Row>`select ${wanted} from ${sql.table(walked.table)} ${where === null ? sql`` : sql`where ${where}`}
    order by ${order} ${isRange ? sql`limit ${walked.most}` : sql``}`;
  return runQuery(tx.on, query.compile(builders[tx.on.engine]));
}

const tupleOf = ({ key }: Walked) => sql`(${sql.join(key.map((name) => sql.ref(name)))})`;
const valuesOf = (name: RowName) => sql`(${sql.join(name.map((cell) => sql.val(cellValue(cell))))})`;

function follows(walked: Walked, name: RowName): RawBuilder<unknown> {
  return sql`${tupleOf(walked)} > ${valuesOf(name)}`;
}

function isOneOf(walked: Walked, names: readonly RowName[]): RawBuilder<unknown> {
  return sql`${tupleOf(walked)} in (${sql.join(names.map(valuesOf))})`;
}

function nameOf({ key }: Walked, row: Row | undefined): RowName | null {
  if (!row) return null;
  return key.map((name) => {
    const value = row[name] as string | number | Uint8Array;
    return value instanceof Uint8Array ? { hex: Buffer.from(value).toString('hex') } : value;
  });
}

function cellValue(cell: RowName[number]): Value {
  return typeof cell === 'object' ? Buffer.from(cell.hex, 'hex') : cell;
}

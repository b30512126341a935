import { type RawBuilder, sql } from 'kysely';
import type { Engine } from './connection.ts';

/**
 * Rows that are numbered as they come are indexed by what they say in pieces of so many numbers: what comes together
 * then stands together in the index, while one over all rows has a page of its own to write for each. Who looks for a
 * value asks piece by piece. It is written in the indexes of migration 0013 too.
 */
const numbersInPiece = 1024;
/** Pieces that one statement asks: it may find all that they hold. */
const mostAtOnce = 64;

export const pieceOf = (number: number): number => Math.floor(number / numbersInPiece);

/** Whether the number in a column is of one of these pieces. Of one piece an index gives its rows in order. */
export function inPieces(engine: Engine, column: string, pieces: readonly number[]): RawBuilder<boolean> {
  const piece = sql`${sql.ref(column)} / ${sql.lit(numbersInPiece)}`;
  const [only] = pieces;
  if (pieces.length === 1) return sql<boolean>`${piece} = ${only}`;
  const list = JSON.stringify(pieces);
  return engine === 'sqlite'
    ? sql<boolean>`${piece} in (select value from json_each(${list}))`
    : // As an array it is one walk over the index.
      sql<boolean>`${piece} = any(array(select cast(value as bigint) from json_array_elements_text(cast(${list} as json))))`;
}

/** All pieces from the one to the other, up or down: one, and more with each step, for what is rare is in few of them. */
export function* piecesBetween(first: number, last: number): Generator<number[]> {
  const step = first <= last ? 1 : -1;
  const left = () => Math.abs(last - at) + 1;
  let at = first;
  for (let most = 1; ; most = Math.min(most * 4, mostAtOnce)) {
    const some = Array.from({ length: Math.min(most, left()) }, (_, by) => at + by * step);
    yield some;
    if (some.at(-1) === last) return;
    at += some.length * step;
  }
}

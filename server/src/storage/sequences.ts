import { sql } from 'kysely';
import { type Kind, kinds } from '../domain/kind.ts';
import type { Connection } from './connection.ts';
import { statement } from './statement.ts';

export type Counter = Kind | 'user' | 'group' | 'access-key' | 'proposal' | 'row-change' | 'import';

export const counterNames: readonly Counter[] = [
  ...kinds,
  'user',
  'group',
  'access-key',
  'proposal',
  'row-change',
  'import',
];

/** PostgreSQL counts by sequences, which leave gaps but never wait; the embedded store by a table. */
export const sequenceOf = (counter: Counter): string => `number_of_${counter.replace('-', '_')}`;

/** The next number on a connection whose transaction is the caller's own. Never given twice. */
export async function nextOn(on: Connection, counter: Counter): Promise<number> {
  const row =
    on.engine === 'sqlite'
      ? await count.first(on, { name: counter })
      : await nextOfSequence.first(on, { sequence: sequenceOf(counter) });
  if (!row) throw new Error(`the counter of ${counter} is missing`);
  return row.last;
}

const count = statement((db, p: { name: string }) =>
  db
    .updateTable('counters')
    .set((set) => ({ last: set('last', '+', 1) }))
    .where('name', '=', p.name)
    .returning('last'),
);

const nextOfSequence = statement((db, p: { sequence: string }) =>
  db.selectNoFrom(sql<number>`nextval(cast(${p.sequence} as regclass))`.as('last')),
);

import { type Compilable, type Kysely, sql } from 'kysely';
import type { Engine } from '../connection.ts';
import { sequenceOf } from '../sequences.ts';
import type { Tables } from '../tables.ts';

/** Entries tell what became of the rows that an act changed, in an order that holds across lanes. */
export function auditTrust(db: Kysely<Tables>, engine: Engine): Compilable[] {
  const makeOrder =
    engine === 'postgres'
      ? ({
          compile: () => sql`create sequence ${sql.id(sequenceOf('row-change'))}`.compile(db),
        } as unknown as Compilable)
      : db.insertInto('counters').values({ name: 'row-change', last: 0 });
  return [db.schema.alterTable('audit_entries').addColumn('changed_rows', 'text'), makeOrder];
}

import { type Compilable, type Kysely, sql } from 'kysely';
import type { Engine } from '../connection.ts';
import { sequenceOf } from '../sequences.ts';
import type { Tables } from '../tables.ts';

/** Imports, the rows of their plans, and which items an import has made. */
export function imports(db: Kysely<Tables>, engine: Engine): Compilable[] {
  const bytes = engine === 'sqlite' ? 'blob' : 'bytea';
  const { schema } = db;
  const makeCounter =
    engine === 'postgres'
      ? ({ compile: () => sql`create sequence ${sql.id(sequenceOf('import'))}`.compile(db) } as unknown as Compilable)
      : db.insertInto('counters').values({ name: 'import', last: 0 });
  return [
    makeCounter,
    schema
      .createTable('imports')
      .addColumn('id', 'bigint', (column) => column.primaryKey())
      .addColumn('owner_id', 'bigint', (column) => column.notNull().references('users.id'))
      .addColumn('phase', 'text', (column) => column.notNull())
      .addColumn('unseen', 'bigint', (column) => column.notNull())
      .addColumn('details', bytes, (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('ended_at', 'bigint')
      .addColumn('mac', bytes, (column) => column.notNull()),
    schema.createIndex('imports_by_owner').on('imports').columns(['owner_id', 'id']),
    // Few at any time: what hides items, and what has work left.
    schema.createIndex('imports_unseen').on('imports').column('id').where(sql.ref('unseen'), '=', sql.lit(1)),
    schema
      .createTable('import_rows')
      .addColumn('import_id', 'bigint', (column) => column.notNull().references('imports.id'))
      .addColumn('place', 'bigint', (column) => column.notNull())
      .addColumn('verdict', 'text', (column) => column.notNull())
      .addColumn('outcome', 'text')
      .addColumn('row', bytes, (column) => column.notNull())
      .addPrimaryKeyConstraint('import_rows_key', ['import_id', 'place']),
    schema.alterTable('items').addColumn('import_id', 'bigint'),
    schema
      .createIndex('items_by_import')
      .on('items')
      .columns(['import_id', 'kind', 'number'])
      .where(sql.ref('import_id'), 'is not', null),
  ];
}

import { type Compilable, type Kysely, sql } from 'kysely';
import type { Engine } from '../connection.ts';
import type { Tables } from '../tables.ts';

/** What stands in indexes by its value stands there in pieces of its numbers; see storage/pieces.ts. */
export function pieces(db: Kysely<Tables>, engine: Engine): Compilable[] {
  const { schema } = db;
  return [
    schema.dropIndex('audit_by_user'),
    schema.dropIndex('audit_by_target'),
    schema
      .createIndex('audit_pieces_by_user')
      .on('audit_entries')
      .expression(sql`lane, (sequence / 1024), user_id`)
      .where(sql.ref('user_id'), 'is not', null),
    schema
      .createIndex('audit_pieces_by_target')
      .on('audit_entries')
      .expression(sql`lane, (sequence / 1024), target`)
      .where(sql.ref('target'), 'is not', null),
    schema.dropIndex('index_by_item'),
    ...(engine === 'sqlite' ? otherTable(db) : otherKey(db)),
    schema
      .createIndex('item_index_by_value')
      .on('item_index')
      .expression(sql`kind, (number / 1024), field, tag, number`),
  ];
}

const key = ['kind', 'number', 'field', 'tag'] as const;

function otherKey({ schema }: Kysely<Tables>): Compilable[] {
  return [
    schema.alterTable('item_index').dropConstraint('item_index_key'),
    schema.alterTable('item_index').addPrimaryKeyConstraint('item_index_key', [...key]),
  ];
}

/** SQLite keeps a table without row numbers in the tree of its key. */
function otherTable(db: Kysely<Tables>): Compilable[] {
  const { schema } = db;
  const copy = sql`insert into item_index_new (kind, number, field, tag) select kind, number, field, tag from item_index`;
  return [
    schema
      .createTable('item_index_new')
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('number', 'bigint', (column) => column.notNull())
      .addColumn('field', 'text', (column) => column.notNull())
      .addColumn('tag', 'blob', (column) => column.notNull())
      .addPrimaryKeyConstraint('item_index_key', [...key])
      .addForeignKeyConstraint('item_index_item', ['kind', 'number'], 'items', ['kind', 'number'])
      .modifyEnd(sql`without rowid`),
    { compile: () => copy.compile(db) } as unknown as Compilable,
    schema.dropTable('item_index'),
    schema.alterTable('item_index_new').renameTo('item_index'),
    schema
      .createIndex('identifier_codes')
      .unique()
      .on('item_index')
      .column('tag')
      .where(sql.ref('field'), '=', sql.lit('identifierCode')),
  ];
}

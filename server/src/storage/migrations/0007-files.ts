import type { Compilable, Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Engine } from '../connection.ts';
import { sequenceOf } from '../sequences.ts';
import type { Tables } from '../tables.ts';

/** Files: a kind of its own, content on its way, and which blobs there are. */
export function files(db: Kysely<Tables>, engine: Engine): Compilable[] {
  const bytes = engine === 'sqlite' ? 'blob' : 'bytea';
  const { schema } = db;
  const makeCounter =
    engine === 'postgres'
      ? ({ compile: () => sql`create sequence ${sql.id(sequenceOf('file'))}`.compile(db) } as unknown as Compilable)
      : db.insertInto('counters').values({ name: 'file', last: 0 });
  return [
    makeCounter,
    schema
      .createTable('uploads')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('user_id', 'bigint', (column) => column.notNull().references('users.id'))
      .addColumn('reserved', 'bigint', (column) => column.notNull())
      .addColumn('document', bytes, (column) => column.notNull())
      .addColumn('used_at', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull()),
    schema.createIndex('uploads_by_user').on('uploads').columns(['user_id', 'reserved']),
    schema
      .createTable('upload_parts')
      .addColumn('upload_id', 'text', (column) => column.notNull().references('uploads.id'))
      .addColumn('start', 'bigint', (column) => column.notNull())
      .addColumn('blob', 'text', (column) => column.notNull())
      .addColumn('document', bytes, (column) => column.notNull())
      .addPrimaryKeyConstraint('upload_parts_key', ['upload_id', 'start']),
    schema
      .createTable('blobs')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('user_id', 'bigint', (column) => column.notNull().references('users.id'))
      // The upload's row goes when an item has taken it; what it left behind is known by this.
      .addColumn('upload_id', 'text')
      .addColumn('bytes', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('kept_at', 'bigint')
      .addColumn('doomed_at', 'bigint'),
    schema.createIndex('blobs_by_user').on('blobs').columns(['user_id', 'kept_at', 'bytes']),
    schema.createIndex('blobs_by_upload').on('blobs').column('upload_id'),
    schema.createIndex('blobs_doomed').on('blobs').column('doomed_at').where(sql.ref('doomed_at'), 'is not', null),
  ];
}

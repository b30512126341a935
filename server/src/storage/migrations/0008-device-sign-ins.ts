import type { Compilable, Kysely } from 'kysely';
import type { Engine } from '../connection.ts';
import type { Tables } from '../tables.ts';

/** Devices without a browser that ask to be let in. */
export function deviceSignIns({ schema }: Kysely<Tables>, engine: Engine): Compilable[] {
  const bytes = engine === 'sqlite' ? 'blob' : 'bytea';
  return [
    schema
      .createTable('device_sign_ins')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('device_code_hash', bytes, (column) => column.notNull().unique())
      .addColumn('user_code_hash', bytes, (column) => column.notNull().unique())
      .addColumn('wish', bytes, (column) => column.notNull())
      .addColumn('interval_seconds', 'bigint', (column) => column.notNull())
      .addColumn('asked_at', 'bigint')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('ends_at', 'bigint', (column) => column.notNull())
      .addColumn('decided_by', 'bigint', (column) => column.references('users.id'))
      .addColumn('decided_at', 'bigint')
      .addColumn('outcome', 'text')
      .addColumn('mac', bytes, (column) => column.notNull()),
    schema.createIndex('device_sign_ins_by_end').on('device_sign_ins').column('ends_at'),
  ];
}

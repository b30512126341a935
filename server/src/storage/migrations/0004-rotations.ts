import type { Compilable, Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** Safe keys that come and go while the safe is open, and how far a change of them has come. */
export function rotations({ schema }: Kysely<Tables>): Compilable[] {
  return [
    // Counts every change of the safe's keys, so that each transaction sees whether it knows them all.
    schema.alterTable('safe').addColumn('keys_revision', 'bigint', (column) => column.notNull().defaultTo(1)),
    schema.alterTable('safe_keys').addColumn('created_at', 'bigint'),
    schema.alterTable('safe_keys').addColumn('replaced_at', 'bigint'),
    schema.alterTable('safe_keys').addColumn('entries_before', 'bigint', (column) => column.notNull().defaultTo(0)),
    schema
      .createTable('rotations')
      .addColumn('id', 'bigint', (column) => column.primaryKey())
      .addColumn('what', 'text', (column) => column.notNull())
      .addColumn('reseal', 'bigint', (column) => column.notNull())
      .addColumn('phase', 'text', (column) => column.notNull())
      .addColumn('place', 'text', (column) => column.notNull())
      .addColumn('total', 'bigint', (column) => column.notNull())
      .addColumn('done', 'bigint', (column) => column.notNull())
      .addColumn('broken', 'bigint', (column) => column.notNull())
      .addColumn('started_by', 'bigint')
      .addColumn('started_at', 'bigint', (column) => column.notNull())
      .addColumn('finished_at', 'bigint'),
  ];
}

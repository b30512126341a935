import type { Compilable, Kysely } from 'kysely';
import type { Engine } from '../connection.ts';
import type { Tables } from '../tables.ts';

/** Where each lane begins once its older entries were archived, what was archived, and who signed each audit key. */
export function auditArchives({ schema }: Kysely<Tables>, engine: Engine): Compilable[] {
  const bytes = engine === 'sqlite' ? 'blob' : 'bytea';
  return [
    schema.alterTable('safe_keys').addColumn('linked_by', 'text'),
    schema.alterTable('safe_keys').addColumn('linked_at', 'bigint'),
    schema.alterTable('safe_keys').addColumn('link', bytes),
    schema.alterTable('audit_lanes').addColumn('begins_after', 'bigint', (column) => column.notNull().defaultTo(0)),
    schema.alterTable('audit_lanes').addColumn('begin', 'text'),
    schema
      .createTable('audit_archives')
      .addColumn('number', 'bigint', (column) => column.primaryKey())
      .addColumn('before', 'bigint', (column) => column.notNull())
      .addColumn('begun_at', 'bigint', (column) => column.notNull())
      .addColumn('ended_at', 'bigint')
      .addColumn('removed_at', 'bigint')
      .addColumn('places', 'text', (column) => column.notNull())
      .addColumn('entries', 'bigint', (column) => column.notNull())
      .addColumn('seal', 'text'),
  ];
}

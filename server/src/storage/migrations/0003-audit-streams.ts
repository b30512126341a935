import type { Compilable, Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** How far each receiver of the audit has come in each lane, and which process sends to it. */
export function auditStreams({ schema }: Kysely<Tables>): Compilable[] {
  return [
    schema
      .createTable('audit_streams')
      .addColumn('stream', 'text', (column) => column.primaryKey())
      .addColumn('holder', 'text', (column) => column.notNull())
      .addColumn('held_until', 'bigint', (column) => column.notNull()),
    schema
      .createTable('audit_cursors')
      .addColumn('stream', 'text', (column) => column.notNull())
      .addColumn('lane', 'text', (column) => column.notNull())
      .addColumn('sequence', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('audit_cursors_key', ['stream', 'lane']),
  ];
}

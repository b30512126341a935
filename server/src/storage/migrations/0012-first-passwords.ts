import type { Compilable, Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** Until when a password counts that its user did not choose, and whether a session was begun with one. */
export function firstPasswords({ schema }: Kysely<Tables>): Compilable[] {
  return [
    schema.alterTable('credentials').addColumn('temporary_until', 'bigint'),
    schema.alterTable('sessions').addColumn('must_change', 'bigint'),
  ];
}

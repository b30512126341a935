import type { Compilable, Kysely } from 'kysely';
import type { Engine } from '../connection.ts';
import type { Tables } from '../tables.ts';

/** The token that a session had before its last proof, which counts a moment longer. */
export function sessionTokens({ schema }: Kysely<Tables>, engine: Engine): Compilable[] {
  return [
    schema.alterTable('sessions').addColumn('previous_hash', engine === 'postgres' ? 'bytea' : 'blob'),
    schema.alterTable('sessions').addColumn('previous_until', 'bigint'),
    schema.createIndex('sessions_by_previous').on('sessions').column('previous_hash'),
  ];
}

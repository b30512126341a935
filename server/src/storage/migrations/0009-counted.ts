import { type Compilable, type Kysely, sql } from 'kysely';
import type { Engine } from '../connection.ts';
import type { Tables } from '../tables.ts';

/** Indexes for what statistics count, and on PostgreSQL for the order of bytes that people and groups are listed in. */
export function counted({ schema }: Kysely<Tables>, engine: Engine): Compilable[] {
  const byBytes = [
    schema.createIndex('users_by_bytes').on('users').expression(sql`username collate "C"`),
    schema.createIndex('groups_by_bytes').on('groups').expression(sql`(name_key collate "C"), id`),
  ];
  return [
    schema.createIndex('users_by_state').on('users').columns(['disabled_at', 'id']),
    schema.createIndex('groups_by_owner').on('groups').column('owner_id'),
    schema.createIndex('access_keys_by_state').on('access_keys').columns(['revoked_at', 'held_at', 'expires_at']),
    schema.createIndex('sessions_by_end').on('sessions').column('ends_at'),
    ...(engine === 'postgres' ? byBytes : []),
  ];
}

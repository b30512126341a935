import type { Compilable, Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** Where an entry tells that other lanes stood. */
export function lanesTold({ schema }: Kysely<Tables>): Compilable[] {
  return [schema.alterTable('audit_entries').addColumn('lanes_told', 'text')];
}

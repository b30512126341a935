import { type Compilable, type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

/**
 * Entries are found by user and target in pieces of a lane: new ones then stand together in these indexes, too, where
 * each had a page of its own to write.
 */
export function auditPieces({ schema }: Kysely<Tables>): Compilable[] {
  const piece = sql`(sequence / 1024)`;
  return [
    schema.dropIndex('audit_by_user'),
    schema.dropIndex('audit_by_target'),
    schema
      .createIndex('audit_pieces_by_user')
      .on('audit_entries')
      .expression(sql`lane, ${piece}, user_id`)
      .where(sql.ref('user_id'), 'is not', null),
    schema
      .createIndex('audit_pieces_by_target')
      .on('audit_entries')
      .expression(sql`lane, ${piece}, target`)
      .where(sql.ref('target'), 'is not', null),
  ];
}

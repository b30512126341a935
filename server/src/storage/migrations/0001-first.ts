import { type ColumnDefinitionBuilder, type Compilable, type Kysely, sql } from 'kysely';
import type { Engine } from '../connection.ts';
import { type Counter, sequenceOf } from '../sequences.ts';
import type { Tables } from '../tables.ts';

// Written out: a migration must stay what it was when kinds are added.
const counters: readonly Counter[] = ['password', 'note', 'api-secret', 'user', 'group', 'access-key', 'proposal'];

/** The first schema: one for both engines, but for how numbers are counted. */
export function first(db: Kysely<Tables>, engine: Engine): Compilable[] {
  const bytes = engine === 'sqlite' ? 'blob' : 'bytea';
  const must = (column: ColumnDefinitionBuilder) => column.notNull();
  const { schema } = db;
  return [
    schema
      .createTable('safe')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('created_at', 'bigint', must)
      .addColumn('restored_from', 'bigint')
      .addColumn('restored_keys', 'bigint'),
    schema
      .createTable('safe_keys')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('purpose', 'text', must)
      .addColumn('rank', 'bigint', must)
      .addColumn('wrapped', bytes, must)
      .addColumn('public_key', bytes),
    ...countersOf(db, engine),
    schema
      .createTable('users')
      .addColumn('id', 'bigint', (column) => column.primaryKey())
      .addColumn('username', 'text', (column) => column.notNull().unique())
      .addColumn('role', 'text', must)
      .addColumn('disabled_at', 'bigint')
      .addColumn('tokens_from', 'bigint')
      .addColumn('profile', bytes, must)
      .addColumn('created_at', 'bigint', must)
      .addColumn('mac', bytes, must),
    schema
      .createTable('credentials')
      .addColumn('user_id', 'bigint', (column) => column.primaryKey().references('users.id'))
      .addColumn('password_hash', 'text', must)
      .addColumn('changed_at', 'bigint', must)
      .addColumn('mac', bytes, must),
    ...signInOf(schema, bytes),
    schema
      .createTable('groups')
      .addColumn('id', 'bigint', (column) => column.primaryKey())
      .addColumn('name', 'text', must)
      .addColumn('name_key', 'text', must)
      .addColumn('owner_id', 'bigint', (column) => column.references('users.id'))
      .addColumn('description', bytes, must)
      .addColumn('members_visible', 'bigint', must)
      .addColumn('disabled_at', 'bigint')
      .addColumn('created_at', 'bigint', must)
      .addColumn('mac', bytes, must),
    schema
      .createIndex('user_groups_by_name')
      .unique()
      .on('groups')
      .column('name_key')
      .where(sql.ref('owner_id'), 'is', null),
    schema
      .createIndex('private_groups_by_name')
      .unique()
      .on('groups')
      .columns(['owner_id', 'name_key'])
      .where(sql.ref('owner_id'), 'is not', null),
    schema
      .createTable('group_members')
      .addColumn('group_id', 'bigint', (column) => column.notNull().references('groups.id'))
      .addColumn('user_id', 'bigint', (column) => column.notNull().references('users.id'))
      .addColumn('added_at', 'bigint', must)
      .addColumn('mac', bytes, must)
      .addPrimaryKeyConstraint('group_members_key', ['user_id', 'group_id']),
    schema.createIndex('members_by_group').on('group_members').column('group_id'),
    schema
      .createTable('items')
      .addColumn('kind', 'text', must)
      .addColumn('number', 'bigint', must)
      .addColumn('owner_id', 'bigint', (column) => column.notNull().references('users.id'))
      .addColumn('version', 'bigint', must)
      .addColumn('revision', 'bigint', must)
      .addColumn('disabled_at', 'bigint')
      .addColumn('justification_required', 'bigint', must)
      .addColumn('approval_required', 'bigint', must)
      .addColumn('created_at', 'bigint', must)
      .addColumn('updated_at', 'bigint', must)
      .addColumn('mac', bytes, must)
      .addPrimaryKeyConstraint('items_key', ['kind', 'number']),
    schema.createIndex('items_by_owner').on('items').columns(['owner_id', 'kind', 'number']),
    // All that statistics count of items, so that they need not read the items themselves.
    schema.createIndex('items_by_time').on('items').columns(['kind', 'created_at', 'disabled_at']),
    schema
      .createTable('item_versions')
      .addColumn('kind', 'text', must)
      .addColumn('number', 'bigint', must)
      .addColumn('version', 'bigint', must)
      .addColumn('key_id', 'text', must)
      .addColumn('wrapped_key', bytes, must)
      .addColumn('open', bytes, must)
      .addColumn('secret', bytes, must)
      .addColumn('created_by', 'bigint', (column) => column.notNull().references('users.id'))
      .addColumn('created_at', 'bigint', must)
      .addPrimaryKeyConstraint('item_versions_key', ['kind', 'number', 'version'])
      .addForeignKeyConstraint('item_versions_item', ['kind', 'number'], 'items', ['kind', 'number']),
    schema
      .createTable('item_index')
      .addColumn('kind', 'text', must)
      .addColumn('number', 'bigint', must)
      .addColumn('field', 'text', must)
      .addColumn('tag', bytes, must)
      .addPrimaryKeyConstraint('item_index_key', ['kind', 'field', 'tag', 'number'])
      .addForeignKeyConstraint('item_index_item', ['kind', 'number'], 'items', ['kind', 'number'])
      // Kept in its key's own tree: one to write less, for each of the many rows of an item.
      .$call((table) => (engine === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table)),
    schema.createIndex('index_by_item').on('item_index').columns(['kind', 'number']),
    // The owner is in the tag, so one owner cannot use a code twice and two owners can use the same.
    schema
      .createIndex('identifier_codes')
      .unique()
      .on('item_index')
      .column('tag')
      .where(sql.ref('field'), '=', sql.lit('identifierCode')),
    schema
      .createTable('password_strengths')
      .addColumn('number', 'bigint', (column) => column.primaryKey())
      .addColumn('version', 'bigint', must)
      .addColumn('strength', bytes, must),
    schema
      .createTable('item_use')
      .addColumn('kind', 'text', must)
      .addColumn('number', 'bigint', must)
      .addColumn('used_at', 'bigint', must)
      .addPrimaryKeyConstraint('item_use_key', ['kind', 'number'])
      .addForeignKeyConstraint('item_use_item', ['kind', 'number'], 'items', ['kind', 'number']),
    schema
      .createTable('shares')
      .addColumn('kind', 'text', must)
      .addColumn('number', 'bigint', must)
      .addColumn('subject', 'text', must)
      .addColumn('subject_id', 'bigint', must)
      .addColumn('role', 'text', must)
      .addColumn('expires_at', 'bigint')
      .addColumn('created_by', 'bigint', (column) => column.notNull().references('users.id'))
      .addColumn('created_at', 'bigint', must)
      .addColumn('mac', bytes, must)
      .addPrimaryKeyConstraint('shares_key', ['kind', 'number', 'subject', 'subject_id'])
      .addForeignKeyConstraint('shares_item', ['kind', 'number'], 'items', ['kind', 'number']),
    schema.createIndex('shares_by_subject').on('shares').columns(['subject', 'subject_id', 'kind', 'number']),
    schema
      .createTable('access_keys')
      .addColumn('id', 'bigint', (column) => column.primaryKey())
      .addColumn('client_id', 'text', (column) => column.notNull().unique())
      .addColumn('owner_id', 'bigint', (column) => column.notNull().references('users.id'))
      .addColumn('encryption', 'text', must)
      .addColumn('public_key', bytes)
      .addColumn('limits', bytes, must)
      .addColumn('private', bytes, must)
      .addColumn('expires_at', 'bigint')
      .addColumn('revoked_at', 'bigint')
      .addColumn('held_at', 'bigint')
      .addColumn('created_at', 'bigint', must)
      .addColumn('mac', bytes, must),
    schema.createIndex('access_keys_by_owner').on('access_keys').columns(['owner_id', 'id']),
    schema
      .createTable('key_use')
      .addColumn('key_id', 'bigint', (column) => column.primaryKey().references('access_keys.id'))
      .addColumn('used_at', 'bigint', must)
      .addColumn('uses', 'bigint', must)
      .addColumn('address', bytes, must),
    schema
      .createTable('audit_lanes')
      .addColumn('lane', 'text', (column) => column.primaryKey())
      .addColumn('opened_at', 'bigint', must)
      .addColumn('closed_at', 'bigint')
      .addColumn('sequence', 'bigint', must)
      .addColumn('hash', bytes, must)
      .addColumn('signed_at', 'bigint', must)
      .addColumn('key_id', 'text', must)
      .addColumn('signature', bytes, must),
    schema
      .createTable('audit_entries')
      .addColumn('lane', 'text', must)
      .addColumn('sequence', 'bigint', must)
      .addColumn('at', 'bigint', must)
      .addColumn('event', 'text', must)
      .addColumn('user_id', 'bigint')
      .addColumn('access_key_id', 'bigint')
      .addColumn('target', 'text')
      .addColumn('request_id', 'text', must)
      .addColumn('details', bytes)
      .addColumn('hash', bytes, must)
      .addPrimaryKeyConstraint('audit_entries_key', ['lane', 'sequence']),
    schema.createIndex('audit_by_time').on('audit_entries').column('at'),
    schema.createIndex('audit_by_user').on('audit_entries').columns(['user_id', 'at']),
    schema.createIndex('audit_by_target').on('audit_entries').columns(['target', 'at']),
    schema.createIndex('audit_by_event').on('audit_entries').columns(['event', 'at']),
  ];
}

/** What a person signs in with, and what administrators settle for all. */
function signInOf(schema: Kysely<Tables>['schema'], bytes: 'blob' | 'bytea'): Compilable[] {
  const must = (column: ColumnDefinitionBuilder) => column.notNull();
  const ofUser = (column: ColumnDefinitionBuilder) => column.notNull().references('users.id');
  return [
    schema
      .createTable('second_factors')
      .addColumn('user_id', 'bigint', (column) => column.primaryKey().references('users.id'))
      .addColumn('seed', bytes, must)
      .addColumn('confirmed_at', 'bigint')
      .addColumn('last_step', 'bigint', must)
      .addColumn('mac', bytes, must),
    schema
      .createTable('recovery_codes')
      .addColumn('user_id', 'bigint', ofUser)
      .addColumn('code_hash', bytes, must)
      .addColumn('used_at', 'bigint')
      .addColumn('mac', bytes, must)
      .addPrimaryKeyConstraint('recovery_codes_key', ['user_id', 'code_hash']),
    schema
      .createTable('sessions')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('token_hash', bytes, (column) => column.notNull().unique())
      .addColumn('user_id', 'bigint', ofUser)
      .addColumn('second_factor', 'bigint', must)
      .addColumn('created_at', 'bigint', must)
      .addColumn('used_at', 'bigint', must)
      .addColumn('ends_at', 'bigint', must)
      .addColumn('proven_at', 'bigint', must)
      .addColumn('device', bytes, must)
      .addColumn('mac', bytes, must),
    schema.createIndex('sessions_by_user').on('sessions').column('user_id'),
    schema
      .createTable('policy')
      .addColumn('id', 'bigint', (column) => column.primaryKey())
      .addColumn('revision', 'bigint', must)
      .addColumn('document', 'text', must)
      .addColumn('changed_at', 'bigint', must)
      .addColumn('mac', bytes, must),
    schema
      .createTable('proposals')
      .addColumn('id', 'bigint', (column) => column.primaryKey())
      .addColumn('action', 'text', must)
      .addColumn('input', bytes, must)
      .addColumn('proposed_by', 'bigint', ofUser)
      .addColumn('created_at', 'bigint', must)
      .addColumn('ends_at', 'bigint', must)
      .addColumn('decided_by', 'bigint', (column) => column.references('users.id'))
      .addColumn('decided_at', 'bigint')
      .addColumn('outcome', 'text')
      .addColumn('mac', bytes, must),
    schema
      .createTable('repeats')
      .addColumn('scope', 'text', must)
      .addColumn('key_hash', bytes, must)
      .addColumn('outcome', bytes, must)
      .addColumn('created_at', 'bigint', must)
      .addPrimaryKeyConstraint('repeats_key', ['scope', 'key_hash']),
    schema.createIndex('repeats_by_time').on('repeats').column('created_at'),
  ];
}

function countersOf(db: Kysely<Tables>, engine: Engine): Compilable[] {
  if (engine === 'postgres') {
    return counters
      .map((counter) => sql`create sequence ${sql.id(sequenceOf(counter))}`)
      .map((raw) => ({
        compile: () => raw.compile(db),
      })) as Compilable[];
  }
  return [
    db.schema
      .createTable('counters')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('last', 'bigint', (column) => column.notNull()),
    db.insertInto('counters').values(counters.map((name) => ({ name, last: 0 }))),
  ];
}

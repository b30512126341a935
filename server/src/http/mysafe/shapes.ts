import type { ItemAnswer, Revealing, SharedWith, ShareProblem } from '../../actions/items/answer.ts';
import type { ListedItem } from '../../actions/items/list.ts';
import type { IndexedField } from '../../domain/fields.ts';
import type { Kind } from '../../domain/kind.ts';
import { joinTags } from '../../domain/tags.ts';

/** Files are never on this wire: it has no words for them. */
export type WiredKind = Exclude<Kind, 'file'>;

/** A kind of item as the wire spells it: names, messages, and what its answers carry in which order. */
export type WireKind = {
  kind: WiredKind;
  path: 'password' | 'note' | 'secretapi';
  listKey: string;
  readKey: string;
  writeKey: string;
  /** Filters of the list, by the wire's name. */
  filters: Readonly<Record<string, IndexedField>>;
  messages: Readonly<
    Record<'created' | 'updated' | 'disabled' | 'alreadyDisabled' | 'enabled' | 'alreadyEnabled', string>
  >;
  /** Secret fields that an answer carries. */
  readReveals: Revealing;
  writeReveals: Revealing;
  listed(item: ListedItem): object;
  read(item: ItemAnswer): object;
  written(item: ItemAnswer): object;
};

/** The wire's name of each of our fields that is spelled otherwise there. */
const wireNames: Readonly<Record<string, string>> = {
  totp: 'secret_key',
  clientId: 'client_id',
  clientSecret: 'client_secret',
  identifierCode: 'identifier_code',
  users: 'users_allowed',
  groups: 'groups_allowed',
};

export function wireFieldOf(ourField: string): string {
  return wireNames[ourField] ?? ourField;
}

export const wireKinds: readonly WireKind[] = [
  {
    kind: 'password',
    path: 'password',
    listKey: 'password_on_list',
    readKey: 'password_entity',
    writeKey: 'password_entity',
    filters: { tag: 'tags', name: 'name', username: 'username', url: 'url' },
    messages: {
      created: 'Password successfully registered',
      updated: 'Password successfully updated',
      disabled: 'Password successfully deactivated',
      alreadyDisabled: 'Password has already been deactivated',
      enabled: 'Password successfully activated',
      alreadyEnabled: 'Password has already been activated',
    },
    readReveals: ['password', 'totp', 'code', 'notes'],
    writeReveals: ['notes'],
    listed: ({ head, open, mayUpdate }) => ({
      identifier: String(head.number),
      name: open.name,
      url: open.url,
      username: open.username,
      tags: joinTags(open.tags as string[]),
      ...flagsOf(head, mayUpdate),
    }),
    read: ({ head, open, secret, sharing }) => ({
      identifier: String(head.number),
      name: open.name,
      url: open.url,
      username: open.username,
      password: secret.password,
      secret_key: secret.totp,
      token: secret.code,
      notes: secret.notes,
      tags: joinTags(open.tags as string[]),
      users_allowed: allowed(sharing.users, 'username'),
      groups_allowed: allowed(sharing.groups, 'name'),
    }),
    written: ({ head, open, secret, sharing }) => ({
      identifier: String(head.number),
      name: open.name,
      url: open.url,
      username: open.username,
      note: secret.notes,
      tags: joinTags(open.tags as string[]),
      users_allowed: allowed(sharing.users, 'username'),
      groups_allowed: allowed(sharing.groups, 'name'),
    }),
  },
  {
    kind: 'note',
    path: 'note',
    listKey: 'note_on_list',
    readKey: 'note_entity',
    writeKey: 'note_entity',
    filters: { tag: 'tags', name: 'name' },
    messages: {
      created: 'Note successfully registered',
      // The vendor's spelling.
      updated: 'Note successfully update',
      disabled: 'Note successfully deactivated',
      alreadyDisabled: 'Note has already been deactivated',
      enabled: 'Note successfully activated',
      alreadyEnabled: 'Note has already been activated',
    },
    readReveals: ['note'],
    writeReveals: [],
    listed: ({ head, open, mayUpdate }) => ({
      identifier: String(head.number),
      name: open.name,
      tags: joinTags(open.tags as string[]),
      ...flagsOf(head, mayUpdate),
    }),
    read: ({ head, open, secret, sharing }) => ({
      identifier: String(head.number),
      name: open.name,
      note: secret.note,
      tags: joinTags(open.tags as string[]),
      users_allowed: allowed(sharing.users, 'name'),
      groups_allowed: allowed(sharing.groups, 'name'),
    }),
    written: ({ head, open, sharing }) => ({
      identifier: String(head.number),
      name: open.name,
      tags: joinTags(open.tags as string[]),
      users_allowed: allowed(sharing.users, 'username'),
      groups_allowed: allowed(sharing.groups, 'name'),
    }),
  },
  {
    kind: 'api-secret',
    path: 'secretapi',
    listKey: 'api_secret_on_list',
    readKey: 'api_secret_entity',
    writeKey: 'api_entity',
    filters: { tag: 'tags', identifier_code: 'identifierCode' },
    messages: {
      created: 'Api secret successfully registered',
      updated: 'Api secret updated successfully',
      disabled: 'Api secret successfully deactivated',
      alreadyDisabled: 'Api secret has already been deactivated',
      enabled: 'Api secret activated successfully',
      alreadyEnabled: 'Api secret has already been activated',
    },
    readReveals: ['clientSecret', 'notes'],
    writeReveals: ['clientSecret', 'notes'],
    listed: ({ head, open, mayUpdate }) => ({
      identifier: String(head.number),
      name: open.name,
      ...flagsOf(head, mayUpdate),
    }),
    read: (item) => apiSecretOf(item, 'name'),
    written: (item) => apiSecretOf(item, 'username'),
  },
];

function apiSecretOf({ head, open, secret, sharing }: ItemAnswer, userKey: 'name' | 'username'): object {
  return {
    identifier: String(head.number),
    name: open.name,
    url: open.url,
    client_secret: secret.clientSecret,
    client_id: open.clientId,
    identifier_code: open.identifierCode,
    method: open.method,
    tags: joinTags(open.tags as string[]),
    notes: secret.notes,
    users_allowed: allowed(sharing.users, userKey),
    groups_allowed: allowed(sharing.groups, 'name'),
  };
}

/** Whoever sees an item in his list may view it: what needs a reason or an approval says so in the flags. */
function flagsOf(head: ListedItem['head'], mayUpdate: boolean) {
  return {
    need_justify: head.justificationRequired ? '1' : '0',
    need_approval: head.approvalRequired ? '1' : '0',
    can_view: true,
    can_write: mayUpdate,
  };
}

function allowed(shared: readonly SharedWith[], key: 'username' | 'name'): object[] {
  return shared.map(({ name, role }) => ({ [key]: name, can_edit: role === 'editor' }));
}

const problemTexts: Readonly<Record<ShareProblem['why'], string>> = {
  user_not_found: 'User not found',
  user_is_owner: 'User is the owner',
  user_disabled: 'User is inactive',
  group_not_found: 'Group not found',
  group_disabled: 'Group is inactive',
};

export function problemOf({ subject, name, why }: ShareProblem): object {
  return { [subject === 'user' ? 'username' : 'name']: name, message: problemTexts[why] };
}

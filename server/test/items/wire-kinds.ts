import type { WiredKind as Kind } from '../../src/http/mysafe/shapes.ts';

/** A kind as the contract spells it, written out here so that no test believes the code. */
export type WireKind = {
  kind: Kind;
  path: string;
  listKey: string;
  readKey: string;
  writeKey: string;
  notFound: string;
  inactive: string;
  created: string;
  updated: string;
  disabled: string;
  alreadyDisabled: string;
  enabled: string;
  alreadyEnabled: string;
  /** The least that creates one. */
  least: Readonly<Record<string, string>>;
};

export const wireKinds: readonly WireKind[] = [
  {
    kind: 'password',
    path: '/api/mysafe/password',
    listKey: 'password_on_list',
    readKey: 'password_entity',
    writeKey: 'password_entity',
    notFound: 'Password not found',
    inactive: 'Inactive password',
    created: 'Password successfully registered',
    updated: 'Password successfully updated',
    disabled: 'Password successfully deactivated',
    alreadyDisabled: 'Password has already been deactivated',
    enabled: 'Password successfully activated',
    alreadyEnabled: 'Password has already been activated',
    least: { name: 'mail', username: 'olga', password: 'pw' },
  },
  {
    kind: 'note',
    path: '/api/mysafe/note',
    listKey: 'note_on_list',
    readKey: 'note_entity',
    writeKey: 'note_entity',
    notFound: 'Note not found',
    inactive: 'Inactive note',
    created: 'Note successfully registered',
    updated: 'Note successfully update',
    disabled: 'Note successfully deactivated',
    alreadyDisabled: 'Note has already been deactivated',
    enabled: 'Note successfully activated',
    alreadyEnabled: 'Note has already been activated',
    least: { name: 'door', note: '4711' },
  },
  {
    kind: 'api-secret',
    path: '/api/mysafe/secretapi',
    listKey: 'api_secret_on_list',
    readKey: 'api_secret_entity',
    writeKey: 'api_entity',
    notFound: 'Api secret not found',
    inactive: 'Inactive api secret',
    created: 'Api secret successfully registered',
    updated: 'Api secret updated successfully',
    disabled: 'Api secret successfully deactivated',
    alreadyDisabled: 'Api secret has already been deactivated',
    enabled: 'Api secret activated successfully',
    alreadyEnabled: 'Api secret has already been activated',
    least: { name: 'cloud', url: 'https://cloud.test', client_id: 'c1' },
  },
];

export const [passwordKind, noteKind, apiSecretKind] = wireKinds as readonly [WireKind, WireKind, WireKind];

/** The `entity` of an answer that carries one, under whatever key. */
export function entityOf(answer: { json: unknown }): Record<string, unknown> & { identifier: string } {
  const [, , key] = Object.keys(answer.json as object);
  return (answer.json as Record<string, never>)[key ?? ''] as never;
}

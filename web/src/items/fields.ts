import type { Item } from '@arca/sdk';
import type { Kind } from './kinds.ts';

type OpenName =
  | 'name'
  | 'username'
  | 'url'
  | 'clientId'
  | 'identifierCode'
  | 'method'
  | 'tags'
  | 'fileName'
  | 'mediaType'
  | 'size';
export type SecretName = 'password' | 'totp' | 'notes' | 'note' | 'clientSecret';
export type FieldName = OpenName | SecretName;

export type ItemField = {
  name: FieldName;
  /** Left to the browser as it is (`line`), long (`text`), or of a form of its own. */
  type: 'line' | 'text' | 'tags' | 'totp';
  isSecret: boolean;
  isRequired: boolean;
  /** In code points, as the safe counts. */
  most: number;
  /** Comes with the content of a file: shown, and in no form. */
  isGiven?: boolean;
};

const open = (name: OpenName, most: number, isRequired = false): ItemField => ({
  name,
  type: name === 'tags' ? 'tags' : 'line',
  isSecret: false,
  isRequired,
  most,
});
const secret = (name: SecretName, most: number, isRequired = false): ItemField => ({
  name,
  type: name === 'totp' ? 'totp' : name === 'notes' || name === 'note' ? 'text' : 'line',
  isSecret: true,
  isRequired,
  most,
});

const given = (name: OpenName): ItemField => ({ ...open(name, 255), isGiven: true });

/** What an item of each kind holds, in the order of its form; the limits are the safe's own. */
export const fieldsOf: Readonly<Record<Kind, readonly ItemField[]>> = {
  password: [
    open('name', 255, true),
    open('username', 255, true),
    secret('password', 4096, true),
    open('url', 2048),
    secret('totp', 2048),
    open('tags', 255),
    secret('notes', 10_000),
  ],
  note: [open('name', 255, true), secret('note', 100_000, true), open('tags', 255)],
  'api-secret': [
    open('name', 255, true),
    open('url', 2048, true),
    open('clientId', 4096, true),
    secret('clientSecret', 4096),
    open('identifierCode', 255),
    open('method', 255),
    open('tags', 255),
    secret('notes', 10_000),
  ],
  file: [
    open('name', 255, true),
    given('fileName'),
    given('mediaType'),
    given('size'),
    open('tags', 255),
    secret('notes', 10_000),
  ],
};

/** What a form of that kind asks for. */
export function formFieldsOf(kind: Kind): readonly ItemField[] {
  return fieldsOf[kind].filter(({ isGiven }) => !isGiven);
}

/** Is there something in this secret field? */
export function holds({ filled }: Item, name: FieldName): boolean {
  return (filled as readonly FieldName[]).includes(name);
}

/** The secret that the key `c` copies. */
export const mainSecret: Readonly<Record<Kind, 'password' | 'note' | 'clientSecret' | 'notes'>> = {
  password: 'password',
  note: 'note',
  'api-secret': 'clientSecret',
  file: 'notes',
};

/** Who signs in with it; undefined for a note. */
export function userOf(item: Item): string | undefined {
  if (item.kind === 'password') return item.username;
  return item.kind === 'api-secret' ? item.clientId : undefined;
}

export function urlOf(item: Item): string {
  return 'url' in item ? item.url : '';
}

/** What stands below the name in a list: who signs in, else where, else the tags. */
export function secondLineOf(item: Item): string {
  return userOf(item) || urlOf(item) || (item.kind === 'file' && item.fileName) || item.tags.join(', ');
}

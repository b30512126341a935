import type { ReadRecord } from '../../domain/import.ts';
import type { Kind } from '../../domain/kind.ts';
import { FileProblem } from '../file-problem.ts';
import { type Json, jsonOf, listOf, plain, recordOf, saying } from '../file-text.ts';

/** What an item is beside a login, each member a field of its own. */
const parts = ['card', 'identity', 'sshKey'];
/** Read below, or of no use elsewhere: ids, times, and that a note is a note. */
const known = new Set([
  ...[
    'type',
    'name',
    'notes',
    'login',
    'fields',
    'favorite',
    'reprompt',
    'passwordHistory',
    'folderId',
    'collectionIds',
  ],
  ...['id', 'organizationId', 'object', 'key', 'creationDate', 'revisionDate', 'deletedDate', 'secureNote', 'edit'],
  ...['viewPassword', 'organizationUseTotp', 'permissions'],
]);

/** An unencrypted export of Bitwarden: logins, and all else as notes. */
export function readBitwardenJson(bytes: Uint8Array): ReadRecord[] {
  const file = recordOf(jsonOf(bytes));
  if (file.encrypted === true) {
    throw new FileProblem('is an encrypted export of Bitwarden; export it anew as .json without encryption');
  }
  if (!Array.isArray(file.items)) throw new FileProblem('is no export of Bitwarden: it has no items');
  const named = (list: unknown) =>
    listOf(list).map((one) => [plain(recordOf(one).id), plain(recordOf(one).name)] as const);
  const places = new Map([...named(file.folders), ...named(file.collections)]);
  return file.items.map((item, at) => ({ line: at + 1, ...read(recordOf(item), places) }));
}

function read(item: Json, places: ReadonlyMap<string, string>): Omit<ReadRecord, 'line'> {
  const { type, name, notes, login, fields, favorite, reprompt, passwordHistory, folderId, collectionIds } = item;
  const others = Object.entries(item).filter(([member]) => !known.has(member) && !parts.includes(member));
  const { username, password, totp, uris, fido2Credentials, ...otherLogin } = recordOf(login);
  const [url = '', ...urls] = listOf(uris).map((one) => plain(recordOf(one).uri));
  const kind: Kind = type === 1 ? 'password' : 'note';
  const tags = [folderId, ...listOf(collectionIds)].map((id) => places.get(plain(id)) ?? '');
  const passkeys = listOf(fido2Credentials).length;
  const { passwordRevisionDate: _changed, ...login2 } = otherLogin;
  return {
    kind,
    fields: {
      ...{ name: plain(name), tags },
      ...(kind === 'note'
        ? { note: plain(notes) }
        : { username: plain(username), password: plain(password), totp: plain(totp), url, notes: plain(notes) }),
    },
    extra: saying([
      ...urls.map((other) => ['URL', other] as const),
      ...parts.flatMap((part) => Object.entries(recordOf(item[part]))),
      ...Object.entries(login2),
      ...listOf(fields).map((one) => fieldOf(recordOf(one))),
      ['Favorite', favorite === true ? '1' : ''],
      ['Reprompt', reprompt === 1 ? '1' : ''],
      ...others,
      ...listOf(passwordHistory).map((one) => formerOf(recordOf(one))),
    ]),
    left: passkeys === 0 ? [] : [`${passkeys} passkey${passkeys === 1 ? '' : 's'}`],
  };
}

function fieldOf({ name, value, type, linkedId }: Json): readonly [string, unknown] {
  const label = plain(name) === '' ? 'Field' : plain(name);
  return [label, type === 3 ? `(linked to ${plain(linkedId)})` : value];
}

function formerOf({ lastUsedDate, password }: Json): readonly [string, unknown] {
  return [`Former password, until ${plain(lastUsedDate).slice(0, 10)}`, password];
}

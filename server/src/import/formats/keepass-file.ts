import kdbxweb from 'kdbxweb';
import { type ExportedItem, totpText } from './arca-items.ts';
import { kindField, mediaTypeField } from './keepass.ts';

const { Credentials, Kdbx, ProtectedValue, Consts, Int64, VarDictionary } = kdbxweb;

/** What guessing one passphrase costs: the library's own choice, 1 MiB twice, is far too little. About half a second. */
const memoryBytes = 64 * 1024 * 1024;
const passes = 8;

/**
 * A KeePass file (KDBX 4, Argon2id) with an entry for each item: notes and API secrets as entries with fields of their own,
 * files as entries with an attachment.
 */
export async function writeKdbx(items: readonly ExportedItem[], passphrase: string): Promise<Uint8Array> {
  const database = Kdbx.create(new Credentials(ProtectedValue.fromString(passphrase)), 'Arca');
  database.setKdf(Consts.KdfId.Argon2id);
  const derivation = database.header.kdfParameters;
  derivation?.set('M', VarDictionary.ValueType.UInt64, new Int64(memoryBytes));
  derivation?.set('I', VarDictionary.ValueType.UInt64, new Int64(passes));
  const root = database.getDefaultGroup();
  for (const { kind, content, bytes } of items) {
    const entry = database.createEntry(root);
    const set = (name: string, value: unknown, isSecret: boolean) => {
      const text = typeof value === 'string' ? value : '';
      // What is not protected loses its tabs on the way.
      const isHeld = isSecret || /[\p{Cc}--[\n]]/v.test(text);
      if (text !== '') entry.fields.set(name, isHeld ? ProtectedValue.fromString(text) : text);
    };
    set('Title', content.name, false);
    set('URL', content.url, false);
    set('UserName', kind === 'api-secret' ? content.clientId : content.username, false);
    set('Password', kind === 'api-secret' ? content.clientSecret : content.password, true);
    set('Notes', kind === 'note' ? content.note : content.notes, false);
    set('otp', totpText(content), true);
    if (kind === 'api-secret' || kind === 'file') set(kindField, kind, false);
    set(mediaTypeField, content.mediaType, false);
    if (bytes !== null) entry.binaries.set(String(content.fileName), await database.createBinary(ownCopy(bytes)));
    set('Identifier code', content.identifierCode, false);
    set('Method', content.method, false);
    entry.tags = [...((content.tags ?? []) as readonly string[])];
  }
  return new Uint8Array(await database.save());
}

/** Bytes with a buffer of their own, as a binary needs it. */
const ownCopy = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

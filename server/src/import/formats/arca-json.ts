import { Decrypter, Encrypter } from 'age-encryption';
import type { ReadRecord } from '../../domain/import.ts';
import { kinds } from '../../domain/kind.ts';
import { FileProblem, mustNotBeMore } from '../file-problem.ts';
import { type Json, jsonOf, listOf, plain, recordOf } from '../file-text.ts';
import { type ExportedItem, isAge, itemsFormat, totpText } from './arca-items.ts';

// 2^20 takes some seconds and 1 GiB; age itself writes 2^18.
const mostWork = 19;

/** Our own export, encrypted by age under a passphrase or plain. */
export async function readArcaJson(bytes: Uint8Array, passphrase: string): Promise<ReadRecord[]> {
  const { format, items } = recordOf(jsonOf(isAge(bytes) ? await decrypted(bytes, passphrase) : bytes));
  if (format !== itemsFormat) throw new FileProblem(`is no export of Arca (${itemsFormat})`);
  mustNotBeMore(listOf(items).length);
  return listOf(items).map((one, at) => {
    const { kind, fields } = recordOf(one);
    const known = kinds.find((name) => name === kind);
    const values = Object.entries(recordOf(fields)).map(([field, value]) => [
      field,
      Array.isArray(value) ? value.map(plain) : plain(value),
    ]);
    const record = { line: at + 1, fields: Object.fromEntries(values), extra: [], left: [] };
    if (known === 'file') return { ...record, kind: 'file', ...fileOf(recordOf(fields)) };
    return known ? { ...record, kind: known } : { ...record, kind: 'note', refused: 'is of a kind that is not known' };
  });
}

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The bytes of a file. What is said of its size is not believed, but must be true: else something of it is missing. */
function fileOf({ content, fileName, mediaType, size, ...own }: Json): Pick<ReadRecord, 'fields' | 'file' | 'refused'> {
  const { name, tags, notes } = own;
  const fields = { name: plain(name), tags: listOf(tags).map(plain), notes: plain(notes) };
  const refused = (why: string) => ({ fields, refused: `content is ${why}` });
  if (typeof content !== 'string') return refused(isMissing(content) ? 'missing' : 'not base64');
  if (content.length % 4 !== 0 || !base64.test(content)) return refused('not base64');
  const bytes = new Uint8Array(Buffer.from(content, 'base64'));
  if (!isMissing(size) && size !== bytes.length) return refused('not as long as its size says');
  return { fields, file: { bytes, fileName: plain(fileName) || plain(name), mediaType: plain(mediaType) } };
}

const isMissing = (value: unknown): boolean => value === undefined || value === null;

async function decrypted(bytes: Uint8Array, passphrase: string): Promise<Uint8Array> {
  if (passphrase === '') throw new FileProblem('is encrypted: give its passphrase');
  const head = Buffer.from(bytes.subarray(0, 512)).toString('latin1');
  const [, work] = /\n-> scrypt \S+ (\d+)\n/.exec(head) ?? [];
  if (work === undefined) throw new FileProblem('is encrypted to a key, not with a passphrase');
  if (Number(work) > mostWork) throw new FileProblem('asks for too costly a key derivation');
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    return await decrypter.decrypt(bytes, 'uint8array');
  } catch {
    throw new FileProblem('does not open with this passphrase, or was changed or cut off');
  }
}

/** Everything of each item, in a form that `readArcaJson` reads; with a passphrase it is encrypted. */
export async function writeArcaJson(items: readonly ExportedItem[], passphrase: string | null): Promise<Uint8Array> {
  const text = JSON.stringify({ format: itemsFormat, items: items.map(shownItem) }, null, passphrase === null ? 2 : 0);
  if (passphrase === null) return Buffer.from(`${text}\n`);
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  return encrypter.encrypt(text);
}

function shownItem({ kind, number, content, bytes }: ExportedItem) {
  const totp = content.totp ? { totp: totpText(content) } : {};
  const held = bytes === null ? {} : { content: Buffer.from(bytes).toString('base64') };
  return { kind, number, fields: { ...content, ...totp, ...held } };
}

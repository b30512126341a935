import { argon2Sync } from 'node:crypto';
import kdbxweb, { type KdbxBinary, type KdbxBinaryWithHash, type KdbxEntry, type KdbxGroup } from 'kdbxweb';
import type { ReadRecord } from '../../domain/import.ts';
import { FileProblem, mustNotBeMore } from '../file-problem.ts';
import { saying, textOf } from '../file-text.ts';
import { type Attachments, startAttachments, withAttachments } from './attachments.ts';
import { type FieldReader, fieldReader, plainOf } from './keepass-fields.ts';

const { CryptoEngine, Credentials, Kdbx, KdbxBinaries, KdbxError, Consts, ProtectedValue } = kdbxweb;

const mostKibibytes = 256 * 1024;
const mostPasses = 64;

/** KeePass leaves the choice of the key derivation's cost to the file: more than this nobody has a reason to ask for. */
CryptoEngine.setArgon2Impl(async (message, nonce, memory, passes, tagLength, parallelism, type, version) => {
  if (version !== 0x13) throw new FileProblem('derives its key by an Argon2 older than 1.3');
  if (memory > mostKibibytes || passes > mostPasses || parallelism > 16) {
    throw new FileProblem('asks for too costly a key derivation; lower it in KeePass to 256 MiB and 64 passes');
  }
  const options = { message: Buffer.from(message), nonce: Buffer.from(nonce), memory, passes, tagLength, parallelism };
  const key = argon2Sync(type === CryptoEngine.Argon2TypeArgon2d ? 'argon2d' : 'argon2id', options);
  return new Uint8Array(key).buffer;
});

export async function readKdbx(bytes: Uint8Array, passphrase: string): Promise<ReadRecord[]> {
  if (passphrase === '') throw new FileProblem('is encrypted: give its passphrase');
  const credentials = new Credentials(ProtectedValue.fromString(passphrase));
  try {
    return recordsOf(await Kdbx.load(new Uint8Array(bytes).buffer, credentials));
  } catch (thrown) {
    throw asProblem(thrown, 'is no KDBX file, or was changed or cut off');
  }
}

/** The same contents as plain XML. KeePass writes no document type, and what such could do is not wanted here. */
export async function readKeePassXml(bytes: Uint8Array): Promise<ReadRecord[]> {
  const text = textOf(bytes);
  if (/<!(DOCTYPE|ENTITY)/i.test(text))
    throw new FileProblem('has a document type (DTD), which no export of KeePass has');
  try {
    return recordsOf(await Kdbx.loadXml(text, new Credentials(null)));
  } catch (thrown) {
    throw asProblem(thrown, 'is no XML of KeePass');
  }
}

function asProblem(thrown: unknown, otherwise: string): FileProblem {
  if (thrown instanceof FileProblem) return thrown;
  const code = thrown instanceof KdbxError ? thrown.code : '';
  if (code === Consts.ErrorCodes.InvalidKey)
    return new FileProblem('does not open with this passphrase; one with a key file is not taken');
  return new FileProblem(otherwise);
}

function recordsOf({ groups, meta }: kdbxweb.Kdbx): ReadRecord[] {
  const bin = meta.recycleBinEnabled ? meta.recycleBinUuid?.id : undefined;
  const records: ReadRecord[] = [];
  const attachments = startAttachments();
  const textOf = fieldReader(groups);
  let line = 0;
  const walk = (group: KdbxGroup, path: readonly string[], isTrash: boolean): void => {
    for (const entry of group.entries) {
      line += 1;
      if (isTrash) {
        const left = [...entry.binaries.keys()].map((name) => `attachment ${name}`);
        records.push({ ...read(line, entry, path, textOf), left, refused: 'is in the recycle bin' });
      } else records.push(...withFiles(read(line, entry, path, textOf), entry, attachments));
    }
    mustNotBeMore(records.length);
    for (const one of group.groups) {
      walk(one, [...path, one.name ?? ''], isTrash || (bin !== undefined && one.uuid.id === bin));
    }
  };
  // The first group is the database itself: its name is none of a folder.
  for (const group of groups) walk(group, [], false);
  return records;
}

/** By which an API secret of ours is known again. */
export const kindField = 'Arca kind';
/** Of the attachment that a file of ours is. */
export const mediaTypeField = 'Media type';

const own = ['Title', 'UserName', 'Password', 'URL', 'Notes'];

/** The record of an entry and its attachments; of a file of ours the first of these is its content. */
function withFiles(record: ReadRecord, entry: KdbxEntry, attachments: Attachments): ReadRecord[] {
  const { line, fields } = record;
  const holder = { line, name: String(fields.name ?? ''), tags: (fields.tags ?? []) as readonly string[] };
  const attached = [...entry.binaries].map(([name, value]) => [name, bytesOf(value)] as const);
  const own = record.kind === 'file' ? attached.shift() : undefined;
  const mediaType = plainOf(entry.fields.get(mediaTypeField));
  const whole = own ? { ...record, ...attachments.content(own[0], mediaType, own[1]) } : record;
  const files = attached.map(([name, bytes]) => attachments.of(holder, name, bytes));
  return withAttachments({ ...whole, left: formerAttachments(entry) }, files);
}

function bytesOf(value: KdbxBinary | KdbxBinaryWithHash): Uint8Array {
  const held = KdbxBinaries.isKdbxBinaryWithHash(value) ? value.value : value;
  return held instanceof ProtectedValue ? held.getBinary() : new Uint8Array(held);
}

/** Of the entry's history: attachments that it has no more, or has with another content. */
function formerAttachments({ binaries, history }: KdbxEntry): string[] {
  const hashOf = (value: KdbxBinary | KdbxBinaryWithHash | undefined) =>
    value && KdbxBinaries.isKdbxBinaryWithHash(value) ? value.hash : null;
  const now = new Set([...binaries.values()].map(hashOf));
  const former = history.flatMap((one) => [...one.binaries].filter(([, value]) => !now.has(hashOf(value))));
  return [...new Set(former.map(([name]) => `former attachment ${name}`))];
}

function read(line: number, entry: KdbxEntry, path: readonly string[], textOf: FieldReader): ReadRecord {
  const fields = new Map([...entry.fields].map(([name, value]) => [name, textOf(value)]));
  const field = (name: string) => fields.get(name) ?? '';
  if (field(kindField) === 'api-secret') {
    const [clientId, clientSecret] = [field('UserName'), field('Password')];
    const named = { identifierCode: field('Identifier code'), method: field('Method') };
    const common = { name: field('Title'), url: field('URL'), notes: field('Notes'), tags: entry.tags };
    return { line, kind: 'api-secret', fields: { ...common, clientId, clientSecret, ...named }, extra: [], left: [] };
  }
  if (field(kindField) === 'file') {
    return {
      ...{ line, kind: 'file', extra: [], left: [] },
      fields: { name: field('Title'), notes: field('Notes'), tags: entry.tags },
    };
  }
  const seed = seedOf(fields);
  const password = field('Password');
  const former = new Map(
    entry.history.map((one) => [plainOf(one.fields.get('Password')), one.times.lastModTime] as const),
  );
  former.delete(password);
  former.delete('');
  const expiry = entry.times.expires && entry.times.expiryTime ? entry.times.expiryTime.toISOString().slice(0, 10) : '';
  return {
    ...{ line, kind: 'password' },
    fields: {
      ...{ name: field('Title'), username: field('UserName'), password, url: field('URL'), notes: field('Notes') },
      ...{ totp: seed.text, tags: [...(path.length === 0 ? [] : [path.join('/')]), ...entry.tags] },
    },
    extra: saying([
      ...[...fields].filter(([name]) => !own.includes(name) && !seed.taken.includes(name)),
      ['Expires', expiry],
      ['Override URL', entry.overrideUrl],
      ...autoTypeOf(entry),
      ...[...former].map(
        ([text, at]) => [`Former password${at ? `, of ${at.toISOString().slice(0, 10)}` : ''}`, text] as const,
      ),
    ]),
    left: [...entry.binaries.keys()].map((name) => `attachment ${name}`),
  };
}

/** What KeePass types by itself, where somebody has said it. */
function autoTypeOf({ autoType }: KdbxEntry): (readonly [string, unknown])[] {
  const windows = autoType.items.map((one) => [`Auto-type in ${one.window}`, one.keystrokeSequence] as const);
  return [['Auto-type', autoType.defaultSequence], ...windows];
}

/** A seed as KeePassXC (`otp`), KeePass itself (`TimeOtp-…`) or its plugins (`TOTP Seed`) keep it. */
function seedOf(fields: ReadonlyMap<string, string>): { text: string; taken: string[] } {
  const otp = fields.get('otp') ?? '';
  if (otp.startsWith('otpauth:')) return { text: otp, taken: ['otp'] };
  if (otp !== '') {
    const old = new URLSearchParams(otp);
    return { text: uriOf(old.get('key') ?? '', old.get('size'), old.get('step'), null), taken: ['otp'] };
  }
  const secret = fields.get('TimeOtp-Secret-Base32') ?? '';
  if (secret !== '') {
    const [digits, period] = [fields.get('TimeOtp-Length') ?? null, fields.get('TimeOtp-Period') ?? null];
    const algorithm =
      fields
        .get('TimeOtp-Algorithm')
        ?.replace(/^HMAC-/, '')
        .replace('-', '') ?? null;
    const taken = ['TimeOtp-Secret-Base32', 'TimeOtp-Length', 'TimeOtp-Period', 'TimeOtp-Algorithm'];
    return { text: uriOf(secret, digits, period, algorithm), taken };
  }
  const seed = fields.get('TOTP Seed') ?? '';
  if (seed === '') return { text: '', taken: [] };
  const [period = null, digits = null] = (fields.get('TOTP Settings') ?? '')
    .split(';')
    .filter((one) => /^\d+$/.test(one));
  return { text: uriOf(seed, digits, period, null), taken: ['TOTP Seed', 'TOTP Settings'] };
}

function uriOf(secret: string, digits: string | null, period: string | null, algorithm: string | null): string {
  const parameters = new URLSearchParams({ secret: secret.replaceAll(/[\s=]/g, '') });
  if (digits) parameters.set('digits', digits);
  if (period) parameters.set('period', period);
  if (algorithm) parameters.set('algorithm', algorithm);
  return `otpauth://totp/seed?${parameters}`;
}

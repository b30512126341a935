import type { ReadRecord } from '../../domain/import.ts';
import { FileProblem, mustNotBeMore } from '../file-problem.ts';
import { type Json, jsonOf, listOf, plain, recordOf, saying } from '../file-text.ts';
import { unzip } from '../unzip.ts';
import { type Attachments, mostFileBytes, startAttachments, withAttachments } from './attachments.ts';

const exportName = 'export.data';
/** Beside it lie the files that items have, each named by its id, two underscores and its own name. */
const fileFolder = 'files/';

/** 1Password's own export: a zip with all items in one file of JSON, and attachments beside it. */
export async function readOnePux(bytes: Uint8Array): Promise<ReadRecord[]> {
  let size = 0;
  const unpacked = await unzip(bytes, (name, more) => {
    if (name === exportName) return true;
    if (!name.startsWith(fileFolder) || size + more > mostFileBytes) return false;
    size += more;
    return true;
  });
  const data = unpacked.get(exportName);
  if (!data) throw new FileProblem('is no 1PUX file: it has no export.data');
  const { accounts } = recordOf(jsonOf(data));
  const items = listOf(accounts).flatMap((account) =>
    listOf(recordOf(account).vaults).flatMap((vault) => {
      const { attrs, items: held } = recordOf(vault);
      return listOf(held).map((one) => ({ vault: plain(recordOf(attrs).name), item: recordOf(one) }));
    }),
  );
  mustNotBeMore(items.length);
  const files = new Map<string, Buffer>();
  for (const [name, content] of unpacked) {
    if (name !== exportName) files.set(name.slice(fileFolder.length).split('__')[0] ?? '', content);
  }
  const attachments = startAttachments();
  const records = items.flatMap(({ vault, item }, at) => {
    const one = recordOf(item.item ?? item);
    return withFiles({ line: at + 1, ...read(one, vault) }, one, files, attachments);
  });
  mustNotBeMore(records.length);
  return records;
}

/** What the zip has of files, by their ids. */
type Files = ReadonlyMap<string, Buffer>;

/** The record of an item, and the files that it has as files of their own. A document is a file itself, with its notes. */
function withFiles(record: ReadRecord, item: Json, files: Files, attachments: Attachments): ReadRecord[] {
  const { line, kind, fields } = record;
  const { documentAttributes, sections } = recordOf(item.details);
  const document = recordOf(documentAttributes);
  const isDocument = kind === 'note' && document.documentId !== undefined;
  const held = listOf(sections)
    .flatMap((one) => listOf(recordOf(one).fields))
    .map((one) => recordOf(recordOf(recordOf(one).value).file));
  const holder = { line, name: String(fields.name ?? ''), tags: (fields.tags ?? []) as readonly string[] };
  const attached = [...held, ...(isDocument ? [] : [document])]
    .filter(({ documentId }) => documentId !== undefined)
    .map(({ documentId, fileName }) => {
      const bytes = files.get(plain(documentId));
      const name = plain(fileName) || 'file';
      return bytes === undefined ? `file ${name}: ${absent}` : attachments.of(holder, name, bytes);
    });
  if (!isDocument) return withAttachments(record, attached);
  const own = files.get(plain(document.documentId));
  const content = own ? attachments.content(plain(document.fileName) || 'file', '', own) : { refused: absent };
  const { note = '', ...common } = fields;
  return withAttachments({ ...record, kind: 'file', fields: { ...common, notes: note }, ...content }, attached);
}

const absent = 'the export does not hold its bytes, or they are beyond 32 MiB of files in one import';

function read(item: Json, vault: string): Omit<ReadRecord, 'line'> {
  const overview = recordOf(item.overview);
  const details = recordOf(item.details);
  const logins = listOf(details.loginFields).map(recordOf);
  const designated = (what: string) => logins.find(({ designation }) => designation === what);
  const sections = listOf(details.sections).flatMap((one) => {
    const { title, fields } = recordOf(one);
    return listOf(fields).map((field) => fieldOf(plain(title), recordOf(field)));
  });
  const seed = sections.find(({ type }) => type === 'totp');
  const [username, password] = [designated('username'), designated('password')];
  const secret = plain(password?.value) || plain(details.password);
  const urls = listOf(overview.urls).map((one) => plain(recordOf(one).url));
  const url = plain(overview.url) || (urls[0] ?? '');
  // A note of its own is what has neither a username nor a password to sign in with.
  const isNote = item.categoryUuid === '003' || (secret === '' && plain(username?.value) === '');
  const notes = plain(details.notesPlain);
  const name = plain(overview.title);
  const common = { name, tags: [vault, ...listOf(overview.tags).map(plain)] };
  return {
    kind: isNote ? 'note' : 'password',
    fields: isNote
      ? { ...common, note: notes }
      : { ...common, username: plain(username?.value), password: secret, url, totp: seed?.value ?? '', notes },
    extra: saying([
      ...(isNote ? [['URL', url] as const] : []),
      ...urls.filter((one) => one !== url).map((one) => ['URL', one] as const),
      ...logins.filter((one) => one !== username && one !== password).map(otherLogin),
      ...sections.filter((one) => one !== seed || isNote).map(({ label, value }) => [label, value] as const),
      ['State', item.state === 'active' ? '' : plain(item.state)],
      ...listOf(details.passwordHistory).map((one) => formerOf(recordOf(one))),
    ]),
    left: [],
  };
}

function otherLogin({ name, id, value }: Json): readonly [string, unknown] {
  return [plain(name) || plain(id) || 'Field', value];
}

function fieldOf(section: string, { title, id, value }: Json): { label: string; type: string; value: string } {
  const [type = '', held] = Object.entries(recordOf(value))[0] ?? [];
  const label = plain(title) || plain(id) || 'Field';
  return {
    label: section === '' ? label : `${section} / ${label}`,
    type,
    value: type === 'file' ? '' : textOf(type, held),
  };
}

function textOf(type: string, held: unknown): string {
  if (type === 'date' && typeof held === 'number') return new Date(held * 1000).toISOString().slice(0, 10);
  if (type === 'email') return plain(recordOf(held).email_address ?? held);
  const parts = recordOf(held);
  // An address and the like are parts with names.
  return Object.keys(parts).length === 0
    ? plain(held)
    : saying(Object.entries(parts))
        .map(([name, part]) => `${name} ${part}`)
        .join(', ');
}

function formerOf({ value, time }: Json): readonly [string, unknown] {
  const until = typeof time === 'number' ? `, until ${new Date(time * 1000).toISOString().slice(0, 10)}` : '';
  return [`Former password${until}`, value];
}

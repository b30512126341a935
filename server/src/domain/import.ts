import { Refusal } from './errors.ts';
import { type Draft, type FieldValues, readFields } from './fields.ts';
import { fieldsOf } from './item.ts';
import type { Kind } from './kind.ts';
import { codePoints, isBlank, normalized } from './text.ts';
import { readTotpOrUri, type Totp, totpUri } from './totp.ts';
import { type FileLimits, mebibyte, readUploadWish } from './upload.ts';

/** Where a file comes from. `mysafe` is no file: it is read over the wire of another MySafe. */
export const importFormats = [
  'arca-json',
  'arca-csv',
  'arca-xlsx',
  'lastpass-csv',
  'keeper-json',
  'keeper-csv',
  'bitwarden-json',
  'bitwarden-csv',
  '1password-1pux',
  '1password-csv',
  'keepass-kdbx',
  'keepass-xml',
  'chrome-csv',
  'firefox-csv',
] as const;
export type FileFormat = (typeof importFormats)[number];
export type ImportFormat = FileFormat | 'mysafe';

/** What a reader made of one record of a file. */
export type ReadRecord = {
  /** The line that it begins at; for what has no lines its place in the file, from 1 on. */
  line: number;
  kind: Kind;
  /** Under our own names; tags are a list. What is blank may be left out. */
  fields: Readonly<Record<string, string | readonly string[]>>;
  /** What has no field here, by its own name: kept in the notes. */
  extra: readonly (readonly [label: string, value: string])[];
  /** What is not taken over at all, such as attachments: told in the row's log. */
  left: readonly string[];
  /** The content of a file, which is none without it. */
  file?: { bytes: Uint8Array; fileName: string; mediaType: string };
  /** Set for a record that is not to be imported at all, and why. */
  refused?: string;
};

export const verdicts = ['new', 'same', 'changed', 'rejected'] as const;
export type Verdict = (typeof verdicts)[number];

/** What applying and undoing did with a row. `kept` was not undone, for someone has changed it since. */
export type RowOutcome = 'created' | 'updated' | 'left' | 'undone' | 'kept';

/**
 * Waits to be applied; at work; finished; being taken back; taken back; failed (what it had made is gone again); its rows
 * are gone after a day. What is being discarded is there for nobody, and soon not at all.
 */
export type ImportPhase =
  | 'planning'
  | 'waiting'
  | 'staging'
  | 'updating'
  | 'finished'
  | 'undoing'
  | 'removing'
  | 'undone'
  | 'failed'
  | 'expired'
  | 'discarding';

/** The phases in which the safe works at an import by itself, slice after slice. */
export const busyPhases: readonly ImportPhase[] = ['staging', 'updating', 'undoing', 'removing', 'discarding'];

/** Not planned yet, or given up. */
export const hiddenPhases: readonly ImportPhase[] = ['planning', 'discarding'];

/** How many rows there are to be applied, or to be undone: `done` counts up to it. */
export function rowsToDo({ phase, counts, updates, outcomes }: Import): number {
  const isBack = ['undoing', 'removing', 'undone'].includes(phase);
  return isBack ? (outcomes.created ?? 0) + (outcomes.updated ?? 0) : counts.new + (updates ? counts.changed : 0);
}

/** What came over a wire: how many of each kind, and a digest that both sides can compute. */
export type Receipt = { from: string; counts: Readonly<Record<string, number>>; digest: string };

export type Import = {
  id: number;
  ownerId: number;
  phase: ImportPhase;
  unseen: boolean;
  format: ImportFormat;
  /** The file's name as it was sent; empty when it was not told. */
  file: string;
  counts: Readonly<Record<Verdict, number>>;
  /** Rows that were applied, and rows that were undone, so far. */
  done: number;
  /** Of rows: where the next slice begins. */
  place: number;
  outcomes: Readonly<Partial<Record<RowOutcome, number>>>;
  /** Whether rows with the verdict `changed` are to be applied. */
  updates: boolean;
  receipt: Receipt | null;
  /** Of a failed one: the code of the refusal. */
  failure: string | null;
  createdAt: Date;
  endedAt: Date | null;
};

/** A row of a plan. Its content is dropped as soon as it was applied. */
export type ImportRow = {
  place: number;
  verdict: Verdict;
  outcome: RowOutcome | null;
  line: number;
  kind: Kind;
  name: string;
  username: string;
  url: string;
  /** The item that it is the same as, that it changes, or that it has made. */
  number: number | null;
  /** Of that item when the plan was made, and after it was applied: whoever changed it since is not overwritten. */
  revision: number | null;
  /** Of a rejected row, or of one that was left or kept. */
  reason: string | null;
  /** What was put in another place than it had, or not taken over. */
  remarks: readonly string[];
  content: FieldValues | null;
};

/** A record as an item: its content, or why it is none. Of a file the content is empty until its bytes are stored. */
export type Adapted =
  | { kind: Kind; content: FieldValues; bytes: Uint8Array | null; remarks: string[] }
  | { kind: Kind; reason: string; draft: Draft; remarks: string[] };

/** Stands for a username that a file does not have: an item of ours must have one. */
const noUsername = '-';

/**
 * Makes an item of a record and holds it to the rules of its kind. What has no password is a note; what has no field is
 * kept in the notes, and never cut: notes that grow too long reject the row.
 */
export function adapt(record: ReadRecord, limits: Pick<FileLimits, 'perFile'>): Adapted {
  const remarks = record.left.map((one) => `${leftMark}${one}`);
  const fields: Record<string, unknown> = { ...record.fields };
  const extra = [...record.extra];
  if (record.refused !== undefined) return { kind: record.kind, reason: record.refused, draft: fields, remarks };
  const text = (field: string) => String(fields[field] ?? '');
  // What a file says of a content is never one: that would name stored bytes which are somebody else's, or nobody's.
  if (record.kind === 'file' && record.file === undefined) {
    return { kind: 'file', reason: 'content is missing', draft: { name: fields.name }, remarks };
  }
  if (isBlank(fields.name)) {
    const name = record.file?.fileName ?? hostOf(text('url')) ?? text('username');
    if (name !== '') remarks.push('name made of what it has');
    fields.name = name;
  }
  let { kind } = record;
  if (kind === 'password' && text('totp') !== '' && !isTotp(text('totp'))) {
    extra.push(['TOTP', text('totp')]);
    remarks.push('a code that is none of RFC 6238 is kept in the notes');
    fields.totp = '';
  }
  if (kind === 'password' && text('password') === '') {
    kind = 'note';
    remarks.push('without a password: kept as a note');
    const lines = (['username', 'url', 'totp'] as const).filter((field) => text(field) !== '');
    fields.note = joined(text('notes'), [...lines.map((field) => [field, text(field)] as const), ...extra]);
  } else if (extra.length > 0) {
    const into = kind === 'note' ? 'note' : 'notes';
    fields[into] = joined(text(into), extra);
    remarks.push(`kept in the notes: ${extra.map(([label]) => label).join(', ')}`);
  }
  if (kind === 'note' && isBlank(fields.note) && !isBlank(fields.name)) {
    return { kind, reason: 'holds nothing but a name', draft: fields, remarks: remarks.filter(isLeft) };
  }
  if (kind === 'password' && isBlank(fields.username)) {
    fields.username = noUsername;
    remarks.push('without a username');
  }
  try {
    if (record.file) Object.assign(fields, contentOf(record.file, limits));
    return { kind, content: readFields(fieldsOf[kind], fields, null), bytes: record.file?.bytes ?? null, remarks };
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return { kind, reason: reasonOf(thrown), draft: fields, remarks };
  }
}

const leftMark = 'left: ';
const isLeft = (remark: string) => remark.startsWith(leftMark);

function contentOf({ bytes, ...told }: NonNullable<ReadRecord['file']>, limits: Pick<FileLimits, 'perFile'>) {
  const wish = readUploadWish({ ...told, size: bytes.length }, limits);
  return { ...wish, content: { size: wish.size, parts: [] } };
}

function joined(notes: string, extra: readonly (readonly [string, string])[]): string {
  const lines = extra.map(([label, value]) => `${label}: ${value}`).join('\n');
  if (lines === '') return notes;
  return notes === '' ? lines : `${notes}\n\n${lines}`;
}

function isTotp(text: string): boolean {
  try {
    readTotpOrUri('totp', text);
    return true;
  } catch {
    return false;
  }
}

function hostOf(url: string): string | null {
  const host = URL.parse(url)?.host ?? '';
  return host === '' ? null : host;
}

/** A refusal of one row, in words that tell the field and never its value. */
function reasonOf(refusal: Refusal): string {
  const { field, why, limit } = refusal.details as { field?: string; why?: string; limit?: number };
  if (refusal.code === 'field_missing') return `${field} is missing`;
  if (refusal.code === 'file_too_large') return `is larger than ${Number(limit) / mebibyte} MiB`;
  if (refusal.code === 'note_too_long') return `note is longer than ${limit} characters`;
  return field === undefined ? refusal.code : `${field} ${why}`;
}

/** Two items with the same identity are the same thing, whatever else they hold. */
export function identityOf(kind: Kind, content: FieldValues): string {
  const url = normalized(String(content.url ?? '')).replace(/\/$/, '');
  const parts = [content.name, content.username ?? content.clientId ?? content.fileName ?? '', url];
  return JSON.stringify([kind, ...parts.map((part) => normalized(String(part ?? '')))]);
}

/** The whole content in one form, so that equal contents are equal texts; `digest` stands for the bytes of a file. */
export function contentText(kind: Kind, content: FieldValues, digest: string): string {
  return JSON.stringify(
    fieldsOf[kind].map(({ field, type }) => {
      const value = content[field] ?? null;
      if (type === 'content') return digest;
      if (type === 'totp') return value === null ? '' : totpUri(value as Totp, '');
      return type === 'tags' ? [...((value as readonly string[] | null) ?? [])].sort() : (value ?? '');
    }),
  );
}

/** An existing item as a plan compares it. */
export type Standing = { number: number; revision: number; text: string; holder: string; isEnabled: boolean };
/** Begins the notes of a file that was attached to an entry. */
export const attachedTo = 'Attachment of: ';

/** The entry that a file is attached to, by the first line of its notes; empty for all else. Many have a file `key`. */
export function holderOf(kind: Kind, { notes }: FieldValues): string {
  const [first = ''] = kind === 'file' && typeof notes === 'string' ? notes.split('\n', 1) : [];
  return first.startsWith(attachedTo) ? first : '';
}

/** What becomes of a row whose identity stands in the safe, or in the file already. */
export type Judged = { verdict: 'new' | 'same' | 'changed'; number: number | null; revision: number | null };

/**
 * Judges the rows of one identity, in the file's order. A content that stands is the same, in whichever item; of the
 * others each takes an item of the same holder that no row is the same as, and what is left over is new: so the same file
 * judged again after it was applied is the same throughout. Texts repeat: a row like an earlier one is the same as that.
 */
export function judge(rows: readonly Pick<Standing, 'text' | 'holder'>[], standing: readonly Standing[]): Judged[] {
  const texts = new Set(rows.map(({ text }) => text));
  const byText = new Map(standing.map((one) => [one.text, one]));
  const free = Map.groupBy(
    standing.filter((one) => one.isEnabled && !texts.has(one.text)),
    ({ holder }) => holder,
  );
  const seen = new Set<string>();
  return rows.map(({ text, holder }) => {
    const same = byText.get(text);
    if (same) return { verdict: 'same', number: same.number, revision: same.revision };
    if (seen.has(text)) return { verdict: 'same', number: null, revision: null };
    seen.add(text);
    const other = free.get(holder)?.shift();
    if (!other) return { verdict: 'new', number: null, revision: null };
    return { verdict: 'changed', number: other.number, revision: other.revision };
  });
}

/** A short form of what a file called something, for plans and logs. */
export function brief(value: unknown): string {
  const text = typeof value === 'string' ? value : '';
  return codePoints(text) <= 255 ? text : `${[...text].slice(0, 254).join('')}…`;
}

import { setImmediate as breathe } from 'node:timers/promises';
import { sha256, startSha256 } from '../../crypto/digests.ts';
import type { FieldValues } from '../../domain/fields.ts';
import {
  type Adapted,
  adapt,
  brief,
  contentText,
  holderOf,
  type ImportRow,
  identityOf,
  judge,
  type ReadRecord,
  type Standing,
} from '../../domain/import.ts';
import { type Kind, kinds } from '../../domain/kind.ts';
import type { FileContent } from '../../domain/upload.ts';
import { findItem, findOpenItems, openContent, openFields } from '../../storage/items.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { candidates } from '../../storage/visible-items.ts';
import { takeContent } from '../files/content-fault.ts';
import { mediaTypeOf } from '../files/media-type.ts';
import type { Context } from '../safe.ts';
import type { BroughtFile } from './brought-files.ts';

const slice = 200;

/** Records as items, and by each identity that they have the places of those that have it. */
export type Wanted = { adapted: Adapted[]; places: Map<string, number[]> };

/** Others are served between two slices. */
export async function adaptRecords(ctx: Context, records: readonly ReadRecord[]): Promise<Wanted> {
  const adapted: Adapted[] = [];
  const places = new Map<string, number[]>();
  for (const [at, record] of records.entries()) {
    const one = adapt(named(record), ctx.safe.fileLimits);
    adapted.push(one);
    if ('content' in one) {
      const identity = identityOf(one.kind, one.content);
      places.set(identity, [...(places.get(identity) ?? []), at]);
    }
    if (at % slice === slice - 1) await breathe();
  }
  return { adapted, places };
}

/** Attachments come without a media type. */
function named({ file, ...record }: ReadRecord): ReadRecord {
  return file ? { ...record, file: { ...file, mediaType: file.mediaType || mediaTypeOf(file.fileName) } } : record;
}

/** What is to become of each record, beside what its future owner has; and the bytes of files that are to be stored. */
export async function judgeRecords(
  ctx: Context,
  records: readonly ReadRecord[],
  { adapted, places }: Wanted,
  standing: ReadonlyMap<string, readonly StandingItem[]>,
): Promise<{ rows: ImportRow[]; files: BroughtFile[] }> {
  const rows = records.map((record, at) => rowOf(at + 1, record, adapted[at] as Adapted));
  let judged = 0;
  for (const [identity, held] of places) {
    const here = held.map((at) => adapted[at] as Adapted);
    const found: Standing[] = [];
    for (const one of standing.get(identity) ?? []) found.push({ ...one, text: await standingText(ctx, one, here) });
    for (const [index, verdict] of judge(here.map(comparedOf), found).entries()) {
      const row = rows[held[index] ?? -1] as ImportRow;
      Object.assign(row, verdict);
      if (verdict.verdict === 'same') row.content = null;
      if (verdict.verdict === 'changed')
        await keepStored(ctx, row, here[index] as Adapted, standing.get(identity) ?? []);
    }
    judged += 1;
    if (judged % slice === 0) await breathe();
  }
  const files: BroughtFile[] = [];
  for (const [at, row] of rows.entries()) {
    const one = adapted[at] as Adapted;
    // A content without bytes is stored nowhere, and what is stored is not stored again.
    const isStored = ((row.content?.content as FileContent | undefined)?.parts ?? []).length > 0;
    if (row.content !== null && !isStored && 'bytes' in one && one.bytes?.length) files.push({ row, bytes: one.bytes });
  }
  return { rows, files };
}

function comparedOf(one: Adapted): Pick<Standing, 'text' | 'holder'> {
  if (!('content' in one)) return { text: '', holder: '' };
  const digest = one.bytes === null ? '' : sha256(one.bytes).toString('hex');
  return { text: contentText(one.kind, one.content, digest), holder: holderOf(one.kind, one.content) };
}

/** What is stored of a file is read only where all else of it is as a record says, its size too. */
async function standingText(ctx: Context, one: StandingItem, records: readonly Adapted[]): Promise<string> {
  const { kind, content } = one;
  const bare = contentText(kind, content, '');
  if (kind !== 'file') return bare;
  if (!records.some((record) => 'content' in record && contentText(kind, record.content, '') === bare)) return bare;
  return contentText(kind, content, await storedDigest(ctx, content.content as FileContent));
}

async function storedDigest(ctx: Context, content: FileContent): Promise<string> {
  const hash = startSha256();
  return (await takeContent(ctx, content, hash.add)) ? hash.end().toString('hex') : 'broken';
}

/** A file of which something else has changed keeps its bytes: its next version names those that are stored. */
async function keepStored(
  ctx: Context,
  row: ImportRow,
  one: Adapted,
  standing: readonly StandingItem[],
): Promise<void> {
  const stored = standing.find(({ kind, number }) => kind === 'file' && number === row.number)?.content.content;
  if (!stored || !('bytes' in one) || !one.bytes || (stored as FileContent).size !== one.bytes.length) return;
  const digest = await storedDigest(ctx, stored as FileContent);
  if (digest === sha256(one.bytes).toString('hex')) row.content = { ...row.content, content: stored };
}

function rowOf(place: number, record: ReadRecord, one: Adapted): ImportRow {
  const open: Readonly<Record<string, unknown>> = 'content' in one ? one.content : one.draft;
  return {
    place,
    verdict: 'content' in one ? 'new' : 'rejected',
    outcome: null,
    line: record.line,
    kind: one.kind,
    name: brief(open.name),
    username: brief(open.username ?? open.clientId),
    url: brief(open.url),
    number: null,
    revision: null,
    reason: 'reason' in one ? one.reason : null,
    remarks: one.remarks.map(brief),
    content: 'content' in one ? one.content : null,
  };
}

/** An item that some record has the identity of. */
type StandingItem = Omit<Standing, 'text'> & { kind: Kind; content: FieldValues };

/** The owner's items that a record has the identity of, by it. They are opened here to be compared; none leaves. */
export async function standingItems(
  tx: ReadTx,
  ownerId: number,
  wanted: ReadonlyMap<string, unknown>,
  now: Date,
): Promise<Map<string, StandingItem[]>> {
  const found = new Map<string, StandingItem[]>();
  for (const kind of kinds) {
    const query = { userId: ownerId, groupIds: [], kind, enabled: null, now, chosen: null, sortedBy: null } as const;
    for await (const some of candidates(tx, query)) {
      const own = some.filter((one) => one.ownerId === ownerId).map(({ number }) => number);
      for (let at = 0; at < own.length; at += slice) {
        await compare(tx, kind, own.slice(at, at + slice), wanted, found);
        await breathe();
      }
    }
  }
  return found;
}

async function compare(
  tx: ReadTx,
  kind: Kind,
  numbers: readonly number[],
  wanted: ReadonlyMap<string, unknown>,
  found: Map<string, StandingItem[]>,
): Promise<void> {
  for (const item of await findOpenItems(tx, kind, numbers)) {
    const identity = identityOf(kind, openFields(tx, item));
    if (!wanted.has(identity)) continue;
    const whole = await findItem(tx, kind, item.head.number, 'none');
    if (!whole) continue;
    const { number, revision, disabledAt } = whole.head;
    const known = found.get(identity) ?? [];
    const content = openContent(tx, whole);
    const one = { kind, number, revision, content, holder: holderOf(kind, content), isEnabled: disabledAt === null };
    found.set(identity, [...known, one]);
  }
}

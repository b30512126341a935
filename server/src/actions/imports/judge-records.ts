import { setImmediate as breathe } from 'node:timers/promises';
import {
  type Adapted,
  adapt,
  brief,
  contentText,
  type ImportRow,
  identityOf,
  judge,
  type ReadRecord,
  type Standing,
} from '../../domain/import.ts';
import { type Kind, kinds } from '../../domain/kind.ts';
import { findItem, findOpenItems, openContent, openFields } from '../../storage/items.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { candidates } from '../../storage/visible-items.ts';

const slice = 200;

/**
 * What is to become of each record, beside what its future owner has. Others are served between two slices. Contents of
 * his own items are opened here to be compared; none leaves.
 */
export async function judgeRecords(
  tx: ReadTx,
  ownerId: number,
  records: readonly ReadRecord[],
  now: Date,
): Promise<ImportRow[]> {
  const adapted: Adapted[] = [];
  for (const [at, record] of records.entries()) {
    adapted.push(adapt(record));
    if (at % slice === slice - 1) await breathe();
  }
  const groups = new Map<string, number[]>();
  for (const [at, one] of adapted.entries()) {
    if ('reason' in one) continue;
    const identity = identityOf(one.kind, one.content);
    groups.set(identity, [...(groups.get(identity) ?? []), at]);
  }
  const standing = await standingItems(tx, ownerId, groups, now);
  const rows = records.map((record, at) => rowOf(at + 1, record, adapted[at] as Adapted));
  let judged = 0;
  for (const [identity, places] of groups) {
    const texts = places.map((at) => textOf(adapted[at] as Adapted));
    for (const [index, verdict] of judge(texts, standing.get(identity) ?? []).entries()) {
      const row = rows[places[index] ?? -1] as ImportRow;
      Object.assign(row, verdict);
      if (verdict.verdict === 'same') row.content = null;
    }
    judged += 1;
    if (judged % slice === 0) await breathe();
  }
  return rows;
}

function textOf(one: Adapted): string {
  return 'content' in one ? contentText(one.kind, one.content) : '';
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

/** The owner's items that a record has the identity of, by it. */
async function standingItems(
  tx: ReadTx,
  ownerId: number,
  wanted: ReadonlyMap<string, unknown>,
  now: Date,
): Promise<Map<string, Standing[]>> {
  const found = new Map<string, Standing[]>();
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
  found: Map<string, Standing[]>,
): Promise<void> {
  for (const item of await findOpenItems(tx, kind, numbers)) {
    const identity = identityOf(kind, openFields(tx, item));
    if (!wanted.has(identity)) continue;
    const whole = await findItem(tx, kind, item.head.number, 'none');
    if (!whole) continue;
    const { number, revision, disabledAt } = whole.head;
    const text = contentText(kind, openContent(tx, whole));
    const known = found.get(identity) ?? [];
    found.set(identity, [...known, { number, revision, text, isEnabled: disabledAt === null }]);
  }
}

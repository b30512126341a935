import { openVersion } from '../crypto/envelope.ts';
import type { FieldValues } from '../domain/fields.ts';
import type { ItemHead } from '../domain/item.ts';
import type { Kind } from '../domain/kind.ts';
import { traced } from '../tracing/spans.ts';
import { toDate } from './column-forms.ts';
import { contentOf } from './items.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx } from './transaction.ts';

type VersionRow = Tables['item_versions'];

/** One version of an item's content, still sealed. */
export type StoredVersion = { version: number; authorId: number; createdAt: Date; row: VersionRow };

/** Versions older than `before`, newest first. */
export async function listVersions(
  tx: ReadTx,
  { kind, number }: ItemHead,
  before: number,
  most: number,
): Promise<StoredVersion[]> {
  return (await older.all(tx.on, { kind, number, before, most })).map(versionOf);
}

export async function findVersion(
  tx: ReadTx,
  { kind, number }: ItemHead,
  version: number,
): Promise<StoredVersion | undefined> {
  const [row] = await older.all(tx.on, { kind, number, before: version + 1, most: 1 });
  return row?.version === version ? versionOf(row) : undefined;
}

/** Every field of a version, secret ones too. */
export function openVersionContent(tx: ReadTx, { row }: StoredVersion): FieldValues {
  const place = { kind: row.kind, number: row.number, version: row.version };
  const sealed = { keyId: row.key_id, wrappedKey: row.wrapped_key, open: row.open, secret: row.secret };
  return contentOf(traced('crypto.open', () => openVersion(tx.ring, place, sealed)));
}

function versionOf(row: VersionRow): StoredVersion {
  return { version: row.version, authorId: row.created_by, createdAt: toDate(row.created_at), row };
}

const older = statement((db, p: { kind: Kind; number: number; before: number; most: number }) =>
  db
    .selectFrom('item_versions')
    .selectAll()
    .where('kind', '=', p.kind)
    .where('number', '=', p.number)
    .where('version', '<', p.before)
    .orderBy('version', 'desc')
    .limit(p.most),
);

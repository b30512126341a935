import { mustMayOnItem } from '../../domain/access.ts';
import { listVersions as loadVersions, openVersionContent } from '../../storage/item-versions.ts';
import { usersOf } from '../../storage/users.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { type ItemName, loadItem, targetOf } from './load-item.ts';
import { changedFields } from './update.ts';

type ListedVersion = {
  version: number;
  createdAt: Date;
  /** Username of whoever saved it. */
  author: string;
  /** Names of the fields that differ from the version before; all that hold something in the first. */
  fields: string[];
};

export type ListedVersions = { versions: ListedVersion[]; next: number | null };

/**
 * The versions of an item, newest first, at most `most` of those before version `before`. What changed is found by
 * comparing contents; nothing but the names of fields leaves.
 */
export function listVersions(
  ctx: Context,
  input: ItemName & { before: number | null; most: number },
): Promise<ListedVersions> {
  return actReading(ctx, { action: 'item.list-versions', target: targetOf(input) }, async (tx, caller, now) => {
    const { head, relation } = await loadItem(tx, caller, input, 'none', now);
    mustMayOnItem('item.list-versions', caller, relation, head);
    // One more than asked for: the oldest of a page is compared with the one before it.
    const rows = await loadVersions(tx, head, input.before ?? head.version + 1, input.most + 1);
    const contents = rows.map((row) => openVersionContent(tx, row));
    const authors = await usersOf(
      tx,
      rows.map((row) => row.authorId),
    );
    const versions = rows.slice(0, input.most).map((row, at) => ({
      version: row.version,
      createdAt: row.createdAt,
      author: authors.get(row.authorId)?.username ?? '',
      fields: changedFields(contents[at + 1] ?? {}, contents[at] ?? {}),
    }));
    return { versions, next: rows.length > input.most ? (versions.at(-1)?.version ?? null) : null };
  });
}

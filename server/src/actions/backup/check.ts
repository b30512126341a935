import { openVersion } from '../../crypto/envelope.ts';
import { mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { kinds } from '../../domain/kind.ts';
import type { FileContent } from '../../domain/upload.ts';
import { keptBlobs } from '../../storage/blobs.ts';
import { checkAllRows } from '../../storage/restored.ts';
import { sampleVersions } from '../../storage/sample-versions.ts';
import { actReading } from '../act.ts';
import { readContent } from '../files/content.ts';
import type { Context } from '../safe.ts';

/** Versions of each kind that are opened: so many from the beginning, the end and somewhere between. */
const sampled = 50;

export type CheckedStore = { rows: Record<string, number>; versions: number };

/**
 * Reads the whole store: the MAC of every row that grants anything, a sample of every kind opened, every blob of files
 * there and as long as it should be, beginning and end of those of the sample, and one content to its end. Throws
 * `integrity_broken` at the first that does not hold. For a restored copy that nobody else uses.
 */
export async function checkStore(ctx: Context, { chance }: { chance: number }): Promise<CheckedStore> {
  const contents: FileContent[] = [];
  const kept: { id: string; bytes: number }[] = [];
  const checked = await actReading(ctx, { action: 'backup.prove', target: null }, async (tx, caller) => {
    mustMay('backup.prove', caller);
    const rows = await checkAllRows(tx);
    let versions = 0;
    for (const kind of kinds) {
      for (const row of await sampleVersions(tx, kind, sampled, chance)) {
        const { number, version, key_id: keyId, wrapped_key: wrappedKey, open, secret } = row;
        const opened = openVersion(tx.ring, { kind, number, version }, { keyId, wrappedKey, open, secret });
        if (kind === 'file') contents.push((JSON.parse(opened.secret) as { content: FileContent }).content);
        versions += 1;
      }
    }
    for (let slice = await keptBlobs(tx, '', 1000); slice.length > 0; ) {
      kept.push(...slice);
      slice = await keptBlobs(tx, slice.at(-1)?.id ?? '', 1000);
    }
    return { rows: Object.fromEntries(rows), versions };
  });
  await checkBlobs(ctx, kept, contents, chance);
  return checked;
}

async function checkBlobs(
  { safe }: Context,
  kept: readonly { id: string; bytes: number }[],
  contents: readonly FileContent[],
  chance: number,
): Promise<void> {
  for (const { id, bytes } of kept) {
    if ((await safe.blobs.size(id)) !== bytes) refuse('integrity_broken', { table: 'blobs', row: id });
  }
  const whole = contents[Math.floor(chance * contents.length)];
  for (const content of contents) {
    const { size } = content;
    const ranges =
      content === whole
        ? [[0, size]]
        : [
            [0, 1],
            [size - 1, size],
          ];
    for (const [from = 0, to = 0] of ranges)
      await drain(readContent(safe.blobs, safe.ring.safeId, content, { from, to }));
  }
}

async function drain(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of bytes);
}

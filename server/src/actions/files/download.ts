import { type ItemAction, mustMayOnItem } from '../../domain/access.ts';
import { type ByteRange, readRange } from '../../domain/byte-range.ts';
import { refuse } from '../../domain/errors.ts';
import { mustBeEnabled, mustMayReveal } from '../../domain/item.ts';
import type { FileContent } from '../../domain/upload.ts';
import { findVersion, openVersionContent } from '../../storage/item-versions.ts';
import { openContent } from '../../storage/items.ts';
import { act } from '../act.ts';
import { loadItem } from '../items/load-item.ts';
import { recordReveal } from '../items/record-item.ts';
import type { Context } from '../safe.ts';
import { readContent } from './content.ts';
import { contentFault } from './content-fault.ts';

export type Download = {
  fileName: string;
  mediaType: string;
  version: number;
  size: number;
  /** Null for the whole. */
  range: ByteRange | null;
  /** Breaks with an error, and never ends early, when what follows cannot be read whole. */
  bytes: AsyncGenerator<Buffer>;
};

/**
 * Gives the content of a file, or a range of it. A reveal: recorded before its first byte leaves, with its rules. An access
 * key that wants its answers encrypted gets none: a stream is not encrypted to it.
 */
export async function downloadFile(
  ctx: Context,
  input: {
    number: string;
    /** Null for the current version. */
    version: number | null;
    /** A `Range` header, which counts only while the version is `ifVersion`, if that is told. */
    range: string | null;
    ifVersion: number | null;
  },
): Promise<Download> {
  const action: ItemAction = input.version === null ? 'item.reveal' : 'item.reveal-version';
  const name = { kind: 'file', number: input.number } as const;
  const target = /^[1-9][0-9]{0,14}$/.test(input.number) ? `file:${input.number}` : null;
  const found = await act(ctx, { action, target }, async (tx, caller, now) => {
    const { stored, head, relation } = await loadItem(tx, caller, name, 'share', now);
    mustMayOnItem(action, caller, relation, head);
    mustBeEnabled(head);
    mustMayReveal(head, relation === 'owner', ctx.justification);
    if (caller.kind === 'key' && caller.key.encryption !== 'none') refuse('answer_unencryptable', {});
    const version = input.version ?? head.version;
    const earlier = input.version === null ? null : await findVersion(tx, head, version);
    if (earlier === undefined) return refuse('version_not_found', { version });
    const fields = earlier === null ? openContent(tx, stored) : openVersionContent(tx, earlier);
    const content = fields.content as FileContent;
    const isSame = input.ifVersion === null || input.ifVersion === version;
    const range = isSame ? readRange(input.range, content.size) : null;
    const part = range === null ? {} : { range: `${range.from}-${range.to - 1}` };
    recordReveal(tx, ctx, caller, { ...head, version }, ['content'], now, part);
    return { content, range, version, fileName: String(fields.fileName), mediaType: String(fields.mediaType) };
  });
  const { content, ...told } = found;
  const whole = { from: 0, to: content.size };
  return { ...told, size: content.size, bytes: await begun(ctx, content, found.range ?? whole) };
}

/** Reads ahead to the first bytes, so that what cannot be given at all is refused as a refusal. */
async function begun(ctx: Context, content: FileContent, range: ByteRange): Promise<AsyncGenerator<Buffer>> {
  const { safe } = ctx;
  const bytes = readContent(safe.blobs, safe.ring.safeId, content, range);
  const fail = (thrown: unknown) => contentFault(ctx, thrown);
  const first = await bytes.next().catch((thrown) => {
    throw fail(thrown);
  });
  async function* all() {
    try {
      if (!first.done) yield first.value;
      yield* bytes;
    } catch (thrown) {
      throw fail(thrown);
    } finally {
      await bytes.return(undefined);
    }
  }
  return all();
}

import { setImmediate as breathe } from 'node:timers/promises';
import { mustBePerson, mustMay, mustMayOnItem } from '../../domain/access.ts';
import { Refusal } from '../../domain/errors.ts';
import { type FieldValues, filledSecrets } from '../../domain/fields.ts';
import { fieldsOf, mustBeEnabled, mustMayReveal } from '../../domain/item.ts';
import { type Kind, kinds } from '../../domain/kind.ts';
import { type FileContent, mebibyte } from '../../domain/upload.ts';
import { enabledGroupsOf } from '../../storage/groups.ts';
import { openContent } from '../../storage/items.ts';
import { candidates } from '../../storage/visible-items.ts';
import { act, actReading } from '../act.ts';
import { takeContent } from '../files/content-fault.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context, ExportedItem } from '../safe.ts';
import { loadItem } from './load-item.ts';
import { recordReveal } from './record-item.ts';

export type WishedExport = {
  format: 'json' | 'csv' | 'kdbx';
  /** Null leaves a file of JSON unencrypted; CSV is never encrypted. */
  passphrase: string | null;
  /** Also what others share with him, not his own items alone. */
  shared: boolean;
};
/** An item that did not leave: by the same checks that a reveal has, or a file that has no place in this one. */
type LeftItem = { kind: Kind; number: number; why: string };
export type ExportFile = { bytes: Uint8Array; items: number; left: LeftItem[] };

const slice = 100;
/** Of one file, and of all: bytes in JSON take a third more, and an import takes 32 MiB. */
const mostOfFile = 8 * mebibyte;
const mostOfFiles = 20 * mebibyte;
const attempt = { action: 'export.make', target: null } as const;

/**
 * Everything that the caller may reveal, as one file. It is recorded before anything is opened, and each item as a reveal
 * of its own; the proof is asked for when it begins.
 */
export async function exportItems(ctx: Context, wished: WishedExport): Promise<ExportFile> {
  const { format, passphrase, shared } = wished;
  await act(ctx, attempt, async (tx, caller, now) => {
    mustMay('export.make', caller);
    const told = { address: ctx.origin.address, format, encrypted: passphrase !== null, shared };
    recordAdmin(tx, ctx, caller, 'item.exported', null, told, now);
  });
  const names = await namesOf(ctx, shared);
  const items: ExportedItem[] = [];
  const left: LeftItem[] = [];
  for (let at = 0; at < names.length; at += slice) {
    await takeSlice(ctx, format, names.slice(at, at + slice), items, left);
    await breathe();
  }
  const bytes = await ctx.safe.files.write(
    format === 'csv'
      ? { file: 'csv', items }
      : format === 'json'
        ? { file: 'json', items, passphrase }
        : { file: 'kdbx', items, passphrase: passphrase ?? '' },
  );
  return { bytes, items: items.length, left };
}

type Name = { kind: Kind; number: number };

function namesOf(ctx: Context, shared: boolean): Promise<Name[]> {
  return actReading(ctx, attempt, async (tx, caller, now) => {
    mustMay('item.list', caller);
    const { user } = mustBePerson(caller);
    const groupIds = shared ? (await enabledGroupsOf(tx, user.id)).map(({ id }) => id) : [];
    const names: Name[] = [];
    for (const kind of kinds) {
      const query = { userId: user.id, groupIds, kind, enabled: null, now, chosen: null, sortedBy: null } as const;
      for await (const some of candidates(tx, query)) {
        for (const { number, ownerId } of some) if (shared || ownerId === user.id) names.push({ kind, number });
      }
    }
    return names;
  });
}

async function takeSlice(
  ctx: Context,
  format: WishedExport['format'],
  names: readonly Name[],
  items: ExportedItem[],
  left: LeftItem[],
): Promise<void> {
  const before = items.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0);
  const found = await act(ctx, attempt, async (tx, caller, now) => {
    const taken: Name[] = [];
    const contents: FieldValues[] = [];
    const refused: LeftItem[] = [];
    let used = before;
    for (const { kind, number } of names) {
      try {
        const { stored, head, relation } = await loadItem(tx, caller, { kind, number: String(number) }, 'share', now);
        mustMayOnItem('item.reveal', caller, relation, head);
        mustBeEnabled(head);
        mustMayReveal(head, relation === 'owner', ctx.justification);
        const content = openContent(tx, stored);
        const why = kind === 'file' ? whyNot(format, sizeOf(content), used) : null;
        if (why !== null) {
          refused.push({ kind, number, why });
          continue;
        }
        used += sizeOf(content);
        recordReveal(tx, ctx, caller, head, filledSecrets(fieldsOf[kind], content), now);
        taken.push({ kind, number });
        contents.push(content);
      } catch (thrown) {
        if (!(thrown instanceof Refusal) || thrown.code === 'integrity_broken') throw thrown;
        refused.push({ kind, number, why: thrown.code });
      }
    }
    return { taken, contents, refused };
  });
  left.push(...found.refused);
  for (const [at, name] of found.taken.entries()) {
    const content = found.contents[at] as FieldValues;
    const item = name.kind === 'file' ? await withBytes(ctx, name, content) : { ...name, content, bytes: null };
    if (item === null) left.push({ ...name, why: 'integrity_broken' });
    else items.push(item);
  }
}

const sizeOf = ({ content }: FieldValues): number => (content as FileContent | undefined)?.size ?? 0;

function whyNot(format: WishedExport['format'], size: number, used: number): string | null {
  if (format === 'csv') return 'file_not_in_format';
  if (size > mostOfFile) return 'file_too_large';
  return used + size > mostOfFiles ? 'export_full' : null;
}

/** A file with its bytes in place of what is stored of them: names of blobs and their keys never leave. */
async function withBytes(ctx: Context, name: Name, fields: FieldValues): Promise<ExportedItem | null> {
  const pieces: Buffer[] = [];
  const isWhole = await takeContent(ctx, fields.content as FileContent, (piece) => pieces.push(piece));
  return isWhole ? { ...name, content: { ...fields, content: null }, bytes: Buffer.concat(pieces) } : null;
}

import { type Item, isProblem } from '@arca/sdk';
import { useRef, useState } from 'react';
import { arca } from '../../api/arca.ts';
import { queries } from '../../api/queries.ts';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { showToast } from '../../ui/toast.tsx';
import type { FieldName } from '../fields.ts';
import { itemOf, refresh } from '../item-queries.ts';
import type { ItemName, Kind } from '../kinds.ts';
import { type Conflict, conflictOf } from './conflict.ts';
import type { Changes } from './draft.ts';
import { offerAgain } from './taken-up.ts';
import { readSeed } from './totp-text.ts';

export type OpenConflict = Conflict & {
  /** What this person wanted to save. */
  changes: Changes;
  /** What stands now. */
  now: Item;
  /** Who saved in between; empty when nobody can tell. */
  by: string[];
};

type SaveItem = {
  kind: Kind;
  item: Item | null;
  onSaved: (name: ItemName) => void;
  /** He wants to edit what he saved once more. */
  onAgain: (name: ItemName) => void;
  onRefused: (error: unknown) => void;
};

/** Saves, and where somebody else saved first finds out what both changed, so that nothing is written over unseen. */
export function useSaveItem({ kind, item, onSaved, onAgain, onRefused }: SaveItem) {
  const words = useWords();
  const formats = useFormats();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [conflict, setConflict] = useState<OpenConflict | null>(null);
  const lost = useRef<Changes>({}); // over one conflict after the other

  const done = async (saved: ItemName & { name: string }) => {
    setConflict(null);
    showToast({ tone: 'success', text: words(`items.saved.${kind}`), detail: saved.name });
    void refresh([saved], item === null);
    onSaved(saved);
  };
  /** The text that lost is offered again: it was saved nowhere. */
  const keep = (name: ItemName, left: Changes) => {
    const names = Object.keys(left).map((field) => words(`items.fields.${field as FieldName}`));
    showToast({
      text: words('items.conflict.left', { fields: formats.list(names) }),
      detail: words('items.conflict.leftText'),
      isLasting: true,
      action: {
        label: words('items.conflict.again'),
        onAction: () => {
          offerAgain(name, left);
          onAgain(name);
        },
      },
    });
  };
  /** Whether it is saved; if not, there is a conflict to decide. */
  const sendTo = async (base: Item | null, changes: Changes): Promise<boolean> => {
    try {
      const saved = base === null ? await create(kind, changes) : await update(base, changes);
      queries.setQueryData(itemOf(saved).queryKey, saved);
      await done(saved);
      return true;
    } catch (thrown) {
      if (base === null || !isProblem(thrown, 'revision_stale')) throw thrown;
      const found = await findConflict(base, changes);
      // Shared or disabled meanwhile, but the same content: there is nothing to decide.
      if (found.now.version === base.version) return await sendTo(found.now, changes);
      setConflict(found);
      return false;
    }
  };
  const attempt = async (base: Item | null, changes: Changes) => {
    setBusy(true);
    setError(null);
    try {
      return await sendTo(base, changes);
    } catch (thrown) {
      setConflict(null);
      lost.current = {};
      setError(thrown);
      onRefused(thrown);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return {
    isBusy,
    error,
    conflict,
    send: (changes: Changes) => attempt(item, changes),
    /** Saves over what stands now, with what was decided. */
    resolve: async (changes: Changes) => {
      if (conflict === null) return;
      const left = Object.entries(conflict.changes).filter(([name]) => !(name in changes));
      lost.current = { ...lost.current, ...Object.fromEntries(left) };
      if (Object.keys(changes).length === 0) await done(conflict.now);
      else if (!(await attempt(conflict.now, changes))) return;
      if (Object.keys(lost.current).length > 0) keep(conflict.now, lost.current);
    },
    /** Back to the form, with all that was typed. */
    giveUp: () => {
      setConflict(null);
      lost.current = {};
    },
  };
}

async function findConflict(base: Item, changes: Changes): Promise<OpenConflict> {
  const { kind, number } = base;
  const now = await arca.items.read({ kind, number });
  const changedSince = new Set<string>();
  const by = new Set<string>();
  if (now.version > base.version) {
    for await (const { version, author, fields } of arca.items.listVersions.all({ kind, number })) {
      if (version <= base.version) break;
      by.add(author);
      for (const field of fields) changedSince.add(field);
    }
  }
  return { ...conflictOf(base, now, changes, changedSince), changes, now, by: [...by] };
}

function create(kind: Kind, changes: Changes): Promise<Item> {
  const body = prepared(changes) as never;
  if (kind === 'password') return arca.items.createPassword(body);
  if (kind === 'file') return arca.items.createFile(body);
  return kind === 'note' ? arca.items.createNote(body) : arca.items.createApiSecret(body);
}

function update({ kind, number, revision }: Item, changes: Changes): Promise<Item> {
  const input = { number, ...prepared(changes) } as never;
  const options = { ifMatch: revision };
  if (kind === 'password') return arca.items.updatePassword(input, options);
  if (kind === 'file') return arca.items.updateFile(input, options);
  return kind === 'note' ? arca.items.updateNote(input, options) : arca.items.updateApiSecret(input, options);
}

/** A seed goes without the spaces in which sites show it. */
function prepared(changes: Changes): Changes {
  if (typeof changes.totp !== 'string') return changes;
  return { ...changes, totp: readSeed(changes.totp)?.value ?? changes.totp };
}

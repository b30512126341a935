import { type Item, isProblem } from '@arca/sdk';
import { useState } from 'react';
import { arca } from '../../api/arca.ts';
import { queries } from '../../api/queries.ts';
import { useWords } from '../../text/use-words.ts';
import { showToast } from '../../ui/toast.tsx';
import { itemOf, refresh } from '../item-queries.ts';
import type { ItemName, Kind } from '../kinds.ts';
import { type Conflict, conflictOf } from './conflict.ts';
import type { Changes } from './draft.ts';
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
  onRefused: (error: unknown) => void;
};

/** Saves, and where somebody else saved first finds out what both changed, so that nothing is written over unseen. */
export function useSaveItem({ kind, item, onSaved, onRefused }: SaveItem) {
  const words = useWords();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [conflict, setConflict] = useState<OpenConflict | null>(null);

  const done = async (saved: ItemName & { name: string }) => {
    setConflict(null);
    showToast({ tone: 'success', text: words(`items.saved.${kind}`), detail: saved.name });
    void refresh([saved], item === null);
    onSaved(saved);
  };
  const sendTo = async (base: Item | null, changes: Changes): Promise<void> => {
    try {
      const saved = base === null ? await create(kind, changes) : await update(base, changes);
      queries.setQueryData(itemOf(saved).queryKey, saved);
      await done(saved);
    } catch (thrown) {
      if (base === null || !isProblem(thrown, 'revision_stale')) throw thrown;
      const found = await findConflict(base, changes);
      // Shared or disabled meanwhile, but the same content: there is nothing to decide.
      if (found.now.version === base.version) return await sendTo(found.now, changes);
      setConflict(found);
    }
  };
  const attempt = async (base: Item | null, changes: Changes) => {
    setBusy(true);
    setError(null);
    try {
      await sendTo(base, changes);
    } catch (thrown) {
      setConflict(null);
      setError(thrown);
      onRefused(thrown);
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
      if (Object.keys(changes).length === 0) await done(conflict.now);
      else await attempt(conflict.now, changes);
    },
    /** Back to the form, with all that was typed. */
    giveUp: () => setConflict(null),
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
  return kind === 'note' ? arca.items.createNote(body) : arca.items.createApiSecret(body);
}

function update({ kind, number, revision }: Item, changes: Changes): Promise<Item> {
  const input = { number, ...prepared(changes) } as never;
  const options = { ifMatch: revision };
  if (kind === 'password') return arca.items.updatePassword(input, options);
  return kind === 'note' ? arca.items.updateNote(input, options) : arca.items.updateApiSecret(input, options);
}

/** A seed goes without the spaces in which sites show it. */
function prepared(changes: Changes): Changes {
  if (typeof changes.totp !== 'string') return changes;
  return { ...changes, totp: readSeed(changes.totp)?.value ?? changes.totp };
}

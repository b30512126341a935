import type { Item, Share } from '@arca/sdk';
import { queryOptions } from '@tanstack/react-query';
import { useMemo } from 'react';
import { arca } from '../../api/arca.ts';
import { useProblemWords } from '../../api/problem-words.ts';
import { queries } from '../../api/queries.ts';
import { keyOf } from '../../api/query-keys.ts';
import { useWords } from '../../text/use-words.ts';
import { showToast } from '../../ui/toast.tsx';
import { refresh } from '../item-queries.ts';
import type { ItemName } from '../kinds.ts';

export function sharesOf({ kind, number }: ItemName) {
  return queryOptions({
    queryKey: keyOf('items', 'listShares', { kind, number }),
    queryFn: ({ signal }) => arca.items.listShares({ kind, number }, { signal }),
  });
}

export function accessOf({ kind, number }: ItemName) {
  return queryOptions({
    queryKey: keyOf('items', 'listAccess', { kind, number }),
    queryFn: ({ signal }) => arca.items.listAccess({ kind, number }, { signal }),
  });
}

/** Unique among the shares of an item, as the ids of people and groups to choose from. */
export function subjectOf(share: Share): string {
  return share.user !== undefined ? `user:${share.user}` : `group:${share.groupId}`;
}

export function nameOf(share: Share): string {
  return share.user ?? share.group ?? '';
}

/** Changes of the shares of an item: shown at once, taken back where the safe refuses. */
export function useShareActs(item: Item) {
  const words = useWords();
  const explain = useProblemWords();
  const { kind, number } = item;
  return useMemo(() => {
    const name = { kind, number };
    const attempt = async (after: (shares: Share[]) => Share[], act: () => Promise<unknown>, onDone?: () => void) => {
      const { queryKey } = sharesOf(name);
      await queries.cancelQueries({ queryKey });
      queries.setQueryData(queryKey, (now) => now && { shares: after(now.shares) });
      try {
        await act();
        onDone?.();
      } catch (error) {
        const { what, next } = explain(error);
        showToast({ tone: 'danger', text: what, detail: next });
      } finally {
        void refresh([name]);
      }
    };
    const put = (share: Share) => {
      const { user: username, groupId = 0, role, expiresAt } = share;
      if (username !== undefined) return arca.items.shareWithUser({ ...name, username, role, expiresAt });
      return arca.items.shareWithGroup({ ...name, groupId, role, expiresAt });
    };
    const withIt = (share: Share) => (shares: Share[]) => [
      ...shares.filter((one) => subjectOf(one) !== subjectOf(share)),
      share,
    ];
    const inPlace = (share: Share) => (shares: Share[]) =>
      shares.map((one) => (subjectOf(one) === subjectOf(share) ? share : one));
    const without = (share: Share) => (shares: Share[]) => shares.filter((one) => subjectOf(one) !== subjectOf(share));
    const say = (text: string, onUndo?: () => void) => () => showToast({ tone: 'success', text, onUndo });
    const add = (share: Share): Promise<void> =>
      attempt(
        withIt(share),
        () => put(share),
        say(words('items.sharing.added', { name: nameOf(share) }), () => void takeBack(share)),
      );
    const remove = ({ user: username, groupId = 0 }: Share) =>
      username !== undefined
        ? arca.items.unshareWithUser({ ...name, username })
        : arca.items.unshareWithGroup({ ...name, groupId });
    const takeBack = (share: Share): Promise<void> =>
      attempt(
        without(share),
        () => remove(share),
        say(words('items.sharing.removed', { name: nameOf(share) }), () => void add(share)),
      );
    return {
      add: (share: Share) => void add(share),
      change: (before: Share, share: Share) =>
        void attempt(
          inPlace(share),
          () => put(share),
          say(
            words('items.sharing.changed', { name: nameOf(share) }),
            () => void attempt(inPlace(before), () => put(before)),
          ),
        ),
      remove: (share: Share) => void takeBack(share),
    };
  }, [kind, number, words, explain]);
}

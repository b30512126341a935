import { useCallback } from 'react';
import { useProposedToast } from '../admin/use-proposed-toast.ts';
import { useProblemWords } from '../api/problem-words.ts';
import { queries } from '../api/queries.ts';
import { keyOf } from '../api/query-keys.ts';
import { useWords } from '../text/use-words.ts';
import { showToast } from '../ui/toast.tsx';
import type { Group, GroupSort } from './group-sort.ts';
import { readGroupsAnew } from './use-groups.ts';

type Named = { id: number; name: string };

/** What is done at once, each with its way back in a toast. */
export function useGroupActs(sort: GroupSort) {
  const words = useWords();
  const explain = useProblemWords();
  const showProposed = useProposedToast();

  const attempt = useCallback(
    async (act: () => Promise<void>) => {
      try {
        await act();
      } catch (error) {
        showToast({ tone: 'danger', text: explain(error).what, detail: explain(error).next });
      } finally {
        await readGroupsAnew(sort);
      }
    },
    [sort, explain],
  );

  const enable = ({ id, name }: Named): Promise<void> =>
    attempt(async () => {
      if (sort.isPrivate) showAs(sort, id, { enabled: true, disabledAt: null });
      const { proposal } = await sort.enable(id);
      if (proposal) return showProposed(proposal);
      showToast({
        tone: 'success',
        text: words('groups.enabledDone', { name }),
        onUndo: () => void disable({ id, name }),
      });
    });

  const disable = ({ id, name }: Named): Promise<void> =>
    attempt(async () => {
      if (sort.isPrivate) showAs(sort, id, { enabled: false, disabledAt: new Date().toISOString() });
      await sort.disable(id);
      showToast({
        tone: 'success',
        text: words('groups.disabledDone', { name }),
        detail: words('groups.disabledDetail'),
        onUndo: () => void enable({ id, name }),
      });
    });

  const addMember = ({ id, name }: Named, member: string): Promise<void> =>
    attempt(async () => {
      const { changed, proposal } = await sort.addMember(id, member);
      if (proposal) return showProposed(proposal, words('groups.memberProposed', { member, name }));
      const said = words(changed ? 'groups.memberAdded' : 'groups.alreadyMember', { member, name });
      showToast({
        tone: changed ? 'success' : 'neutral',
        text: said,
        ...(changed ? { onUndo: () => void removeMember({ id, name }, member) } : {}),
      });
    });

  const removeMember = ({ id, name }: Named, member: string): Promise<void> =>
    attempt(async () => {
      if (sort.isPrivate) hideMember(sort, id, member);
      await sort.removeMember(id, member);
      showToast({
        tone: 'success',
        text: words('groups.memberRemoved', { member, name }),
        onUndo: () => void addMember({ id, name }, member),
      });
    });

  return { enable, disable, addMember, removeMember };
}

/** Shown before the safe has answered; read anew in any case. */
function showAs(sort: GroupSort, id: number, changes: Partial<Group>): void {
  queries.setQueryData<Group>(keyOf(sort.noun, 'read', { id }), (group) => group && { ...group, ...changes });
}

function hideMember(sort: GroupSort, id: number, member: string): void {
  queries.setQueryData<Group>(
    keyOf(sort.noun, 'read', { id }),
    (group) => group && { ...group, members: group.members?.filter(({ username }) => username !== member) ?? null },
  );
}

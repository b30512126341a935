import type { User } from '@arca/sdk';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useProposedToast } from '../admin/use-proposed-toast.ts';
import { arca } from '../api/arca.ts';
import { ProblemBanner } from '../api/problem-banner.tsx';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Combobox } from '../ui/combobox.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { showToast } from '../ui/toast.tsx';
import { findUsers } from './find-users.ts';
import { readUsersAnew } from './use-users.ts';

/** Chooses who is to own what a disabled user owns. Where there is another administrator it becomes a proposal. */
export function GiveItemsDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const words = useWords();
  const showProposed = useProposedToast();
  const [to, setTo] = useState<string | null>(null);
  const [isMissing, setMissing] = useState(false);
  const find = useCallback(
    async (typed: string, signal: AbortSignal) =>
      (await findUsers(typed, signal)).filter(({ id }) => id !== user.username),
    [user.username],
  );
  const give = useMutation({
    mutationFn: (heir: string) => arca.users.seizeItems({ username: user.username, to: heir }),
    async onSuccess({ changed, proposal }, heir) {
      await readUsersAnew();
      const filled = { user: user.username, to: heir };
      if (proposal) {
        showProposed(proposal);
      } else {
        showToast({
          tone: changed ? 'success' : 'neutral',
          text: words(changed ? 'users.giveItems.done' : 'users.giveItems.none', filled),
        });
      }
      onClose();
    },
  });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={words('users.giveItems.title', { user: user.username })}
      lead={words('users.giveItems.lead', { user: user.username })}
      actions={
        <>
          <Button onPress={onClose}>{words('users.cancel')}</Button>
          <Button
            variant="primary"
            isBusy={give.isPending}
            onPress={() => (to === null ? setMissing(true) : give.mutate(to))}
          >
            {words('users.giveItems.do')}
          </Button>
        </>
      }
    >
      <ProblemBanner error={give.error} />
      <Combobox
        label={words('users.giveItems.to')}
        options={find}
        value={to}
        onChange={setTo}
        error={isMissing && to === null ? words('users.giveItems.missing') : undefined}
      />
    </Dialog>
  );
}

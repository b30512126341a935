import type { User } from '@arca/sdk';
import { useProposedToast } from '../admin/use-proposed-toast.ts';
import { arca } from '../api/arca.ts';
import { useProblemWords } from '../api/problem-words.ts';
import { useWords } from '../text/use-words.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { showToast } from '../ui/toast.tsx';
import { readUsersAnew } from './use-users.ts';

/** For a second factor that was lost with its recovery codes. Where there is another administrator it becomes a proposal. */
export function RemoveFactorDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const words = useWords();
  const explain = useProblemWords();
  const showProposed = useProposedToast();
  const filled = { user: user.username };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={words('users.removeFactor.title', filled)}
      text={words('users.removeFactor.text', filled)}
      confirmLabel={words('users.removeFactor.act')}
      explain={(error) => explain(error).whole}
      onConfirm={async () => {
        const { changed, proposal } = await arca.users.removeSecondFactor({ username: user.username });
        if (proposal) {
          showProposed(proposal);
        } else {
          showToast({
            tone: changed ? 'success' : 'neutral',
            text: words(changed ? 'users.removeFactor.done' : 'users.removeFactor.none', filled),
          });
        }
        await readUsersAnew();
      }}
    />
  );
}

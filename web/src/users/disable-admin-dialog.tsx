import type { User } from '@arca/sdk';
import { useProposedToast } from '../admin/use-proposed-toast.ts';
import { arca } from '../api/arca.ts';
import { useProblemWords } from '../api/problem-words.ts';
import { useSession } from '../session/use-session.ts';
import { useWords } from '../text/use-words.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { showToast } from '../ui/toast.tsx';
import { readUsersAnew } from './use-users.ts';

/** Asked because no toast could undo it: enabling an administrator takes two, and nobody enables himself. */
export function DisableAdminDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const words = useWords();
  const explain = useProblemWords();
  const showProposed = useProposedToast();
  const isMe = useSession().user.username === user.username;
  const filled = { user: user.username };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      isDangerous
      title={isMe ? words('users.disableAdmin.self') : words('users.disableAdmin.title', filled)}
      text={isMe ? words('users.disableAdmin.selfText') : words('users.disableAdmin.text', filled)}
      confirmLabel={words('users.disable')}
      explain={(error) => explain(error).whole}
      onConfirm={async () => {
        const { proposal } = await arca.users.disable({ username: user.username });
        if (proposal) showProposed(proposal);
        else {
          const detail = words('users.disabledDetail');
          showToast({ tone: 'success', text: words('users.disabledDone', filled), detail });
        }
        await readUsersAnew();
      }}
    />
  );
}

import type { User } from '@arca/sdk';
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
        await arca.users.disable({ username: user.username });
        showToast({
          tone: 'success',
          text: words('users.disabledDone', filled),
          detail: words('users.disabledDetail'),
        });
        await readUsersAnew();
      }}
    />
  );
}

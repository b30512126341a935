import type { User } from '@arca/sdk';
import { arca } from '../api/arca.ts';
import { useProblemWords } from '../api/problem-words.ts';
import { useWords } from '../text/use-words.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { showToast } from '../ui/toast.tsx';
import { readUsersAnew } from './use-users.ts';

export function EndSessionsDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const words = useWords();
  const explain = useProblemWords();
  const filled = { user: user.username };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={words('users.endSessions.title', filled)}
      text={words('users.endSessions.text', filled)}
      confirmLabel={words('users.endSessions.act')}
      explain={(error) => explain(error).whole}
      onConfirm={async () => {
        const { changed } = await arca.users.endSessions({ username: user.username });
        showToast({
          tone: changed ? 'success' : 'neutral',
          text: words(changed ? 'users.endSessions.done' : 'users.endSessions.none', filled),
        });
        await readUsersAnew();
      }}
    />
  );
}

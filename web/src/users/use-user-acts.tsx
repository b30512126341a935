import type { User } from '@arca/sdk';
import { Ban, CircleCheck, KeyRound, LogOut, Pencil, Repeat2, ShieldOff } from 'lucide-react';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useProposedToast } from '../admin/use-proposed-toast.ts';
import { arca } from '../api/arca.ts';
import { useProblemWords } from '../api/problem-words.ts';
import { useSession } from '../session/use-session.ts';
import { useWords } from '../text/use-words.ts';
import type { MenuEntry } from '../ui/menu.tsx';
import { showToast } from '../ui/toast.tsx';
import { ChangeUserDialog } from './change-user-dialog.tsx';
import { DisableAdminDialog } from './disable-admin-dialog.tsx';
import { EndSessionsDialog } from './end-sessions-dialog.tsx';
import { GiveItemsDialog } from './give-items-dialog.tsx';
import { RemoveFactorDialog } from './remove-factor-dialog.tsx';
import { SetPasswordDialog } from './set-password-dialog.tsx';
import { readUsersAnew } from './use-users.ts';

type Act = 'change' | 'setPassword' | 'removeFactor' | 'endSessions' | 'giveItems' | 'disable';
type Asked = { act: Act; user: User };

/** What can be done with a user: the entries of his menu, and the dialogs that some of them open. */
export function useUserActs(): {
  entriesOf: (user: User) => MenuEntry[];
  change: (user: User) => void;
  disable: (user: User) => void;
  enable: (user: User) => void;
  dialog: ReactNode;
} {
  const words = useWords();
  const me = useSession().user.username;
  const [asked, setAsked] = useState<Asked | null>(null);
  const { disableNow, enable } = useStates();

  // What ends more than a toast could bring back is asked first.
  const disable = useCallback(
    (user: User) => {
      if (user.role === 'admin' || user.username === me) setAsked({ act: 'disable', user });
      else void disableNow(user);
    },
    [me, disableNow],
  );
  const entriesOf = useCallback(
    (user: User): MenuEntry[] => {
      const ask = (act: Asked['act']) => () => setAsked({ act, user });
      const ofOthers: MenuEntry[] = [
        { id: 'setPassword', label: words('users.setPassword.act'), icon: KeyRound, onAction: ask('setPassword') },
        { id: 'removeFactor', label: words('users.removeFactor.act'), icon: ShieldOff, onAction: ask('removeFactor') },
        { id: 'endSessions', label: words('users.endSessions.act'), icon: LogOut, onAction: ask('endSessions') },
      ];
      const ofDisabled: MenuEntry[] = [
        { id: 'giveItems', label: words('users.giveItems.act'), icon: Repeat2, onAction: ask('giveItems') },
      ];
      return [
        { id: 'change', label: words('users.change'), icon: Pencil, keys: ['E'], onAction: ask('change') },
        ...(user.username === me ? [] : ofOthers),
        ...(user.enabled ? [] : ofDisabled),
        user.enabled
          ? {
              id: 'disable',
              label: words('users.disable'),
              icon: Ban,
              isDangerous: true,
              onAction: () => disable(user),
            }
          : { id: 'enable', label: words('users.enable'), icon: CircleCheck, onAction: () => void enable(user) },
      ];
    },
    [words, me, disable, enable],
  );
  const close = () => setAsked(null);
  const user = asked?.user;
  const dialog = user && (
    <>
      {asked.act === 'change' && <ChangeUserDialog user={user} onClose={close} />}
      {asked.act === 'setPassword' && <SetPasswordDialog user={user} onClose={close} />}
      {asked.act === 'removeFactor' && <RemoveFactorDialog user={user} onClose={close} />}
      {asked.act === 'giveItems' && <GiveItemsDialog user={user} onClose={close} />}
      {asked.act === 'endSessions' && <EndSessionsDialog user={user} onClose={close} />}
      {asked.act === 'disable' && <DisableAdminDialog user={user} onClose={close} />}
    </>
  );
  return {
    entriesOf,
    disable,
    dialog,
    enable: (one) => void enable(one),
    change: (one) => setAsked({ act: 'change', user: one }),
  };
}

/** Disable and enable at once, each the other's way back. */
function useStates() {
  const words = useWords();
  const explain = useProblemWords();
  const showProposed = useProposedToast();
  return useMemo(() => {
    const attempt = async (act: () => Promise<void>) => {
      try {
        await act();
      } catch (error) {
        showToast({ tone: 'danger', text: explain(error).what, detail: explain(error).next });
      } finally {
        await readUsersAnew();
      }
    };
    const enable = (user: User): Promise<void> =>
      attempt(async () => {
        const { proposal } = await arca.users.enable({ username: user.username });
        if (proposal) return showProposed(proposal);
        const text = words('users.enabledDone', { user: user.username });
        showToast({ tone: 'success', text, onUndo: () => void disableNow(user) });
      });
    const disableNow = (user: User): Promise<void> =>
      attempt(async () => {
        const { proposal } = await arca.users.disable({ username: user.username });
        if (proposal) return showProposed(proposal);
        showToast({
          tone: 'success',
          text: words('users.disabledDone', { user: user.username }),
          detail: words('users.disabledDetail'),
          onUndo: () => void enable(user),
        });
      });
    return { enable, disableNow };
  }, [words, explain, showProposed]);
}

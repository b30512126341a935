import type { AccessKey } from '@arca/sdk';
import { Ban, Copy, Download, Eye, KeyRound, Pencil } from 'lucide-react';
import { type ReactNode, useCallback, useState } from 'react';
import { useSession } from '../session/use-session.ts';
import { useWords } from '../text/use-words.ts';
import type { MenuEntry } from '../ui/menu.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { useClone } from './use-clone.ts';
import { useDownload } from './use-download.ts';

type Open = { act: 'secret' | 'revoke'; accessKey: AccessKey };

type KeyActs = {
  entriesOf: (accessKey: AccessKey) => MenuEntry[];
  revoke: (accessKey: AccessKey) => void;
  dialogs: ReactNode;
};

/** What can be done with a key, as the entries of a menu, and the dialogs that it takes. */
export function useKeyActs(): KeyActs {
  const words = useWords();
  const { user, may } = useSession();
  const { download } = useDownload();
  const clone = useClone();
  const [open, setOpen] = useState<Open>();
  const revoke = useCallback((accessKey: AccessKey) => setOpen({ act: 'revoke', accessKey }), []);
  const entriesOf = useCallback(
    (accessKey: AccessKey): MenuEntry[] => {
      const { id, owner, state, encryption } = accessKey;
      const isMine = owner === user.username;
      const isUsable = state !== 'revoked';
      const path = `/access-keys/${id}`;
      const entries: (MenuEntry | false)[] = [
        { id: 'view', label: words('accessKeys.acts.view'), icon: Eye, href: path },
        isMine &&
          isUsable && { id: 'change', label: words('accessKeys.acts.change'), icon: Pencil, href: `${path}/change` },
        isMine &&
          may.makeKeys && {
            id: 'clone',
            label: words('accessKeys.acts.clone'),
            icon: Copy,
            onAction: () => void clone(accessKey),
          },
        isMine && {
          id: 'secret',
          label: words('accessKeys.acts.viewSecret'),
          icon: KeyRound,
          onAction: () => setOpen({ act: 'secret', accessKey }),
        },
        isMine &&
          encryption !== 'none' && {
            id: 'download',
            label: words('accessKeys.acts.download'),
            icon: Download,
            onAction: () => void download(accessKey),
          },
        isUsable && {
          id: 'revoke',
          label: words('accessKeys.acts.revoke'),
          icon: Ban,
          isDangerous: true,
          onAction: () => revoke(accessKey),
        },
      ];
      return entries.filter((entry) => entry !== false);
    },
    [words, user.username, may.makeKeys, clone, download, revoke],
  );
  const close = () => setOpen(undefined);
  return {
    entriesOf,
    revoke,
    dialogs: (
      <>
        {open?.act === 'secret' && <SecretDialog accessKey={open.accessKey} onClose={close} />}
        {open?.act === 'revoke' && <RevokeDialog accessKey={open.accessKey} onClose={close} />}
      </>
    ),
  };
}

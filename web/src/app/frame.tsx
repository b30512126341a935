import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useProposalCount } from '../admin/use-proposals.ts';
import { AccountMenu } from '../session/account-menu.tsx';
import { useSession } from '../session/use-session.ts';
import { useWords } from '../text/use-words.ts';
import { ahead, onceOpen } from '../ui/ahead.tsx';
import { AppFrame } from '../ui/app-frame.tsx';
import { ErrorBoundary } from '../ui/error-page.tsx';
import { OfflineBanner, useIsOnline } from '../ui/offline-banner.tsx';
import { useEarlyKeys } from '../ui/use-early-keys.ts';
import { useShortcut } from '../ui/use-shortcut.ts';
import { navigationOf } from './navigation.ts';

const CommandPalette = ahead(() => import('./command-palette.tsx').then((file) => file.CommandPalette), onceOpen);
const ShortcutSheet = ahead(() => import('../ui/shortcut-sheet.tsx').then((file) => file.ShortcutSheet), onceOpen);

/** The app's frame around the page of the path. */
export function Frame({ children }: { children: ReactNode }) {
  const words = useWords();
  const [path] = useLocation();
  const isOnline = useIsOnline();
  const [isSearching, setSearching] = useState(false);
  const [recent, setRecent] = useState<string[]>([]);
  const [hasSheet, setSheet] = useState(false);
  const showSheet = useCallback(() => setSheet(true), []);
  useShortcut('?', showSheet);
  const takeEarly = useEarlyKeys(isSearching, () => setSearching(false));
  const session = useSession();
  const proposals = useProposalCount();
  const navigation = useMemo(() => navigationOf(words, session, { proposals }), [words, session, proposals]);
  useFocusOnNewPage(path);
  return (
    <AppFrame
      name={words('app.name')}
      homeHref="/"
      navigation={navigation}
      path={path}
      hasOwnSearch={path === '/'}
      onSearch={() => setSearching(true)}
      account={<AccountMenu onShortcuts={showSheet} />}
      notice={<OfflineBanner isOffline={!isOnline} />}
    >
      <ErrorBoundary resetBy={path} homeHref="/">
        {children}
      </ErrorBoundary>
      <CommandPalette
        isOpen={isSearching}
        onOpenChange={setSearching}
        takeEarly={takeEarly}
        onShortcuts={showSheet}
        recent={recent}
        onUse={(id) => setRecent((now) => [id, ...now.filter((one) => one !== id)].slice(0, 5))}
      />
      <ShortcutSheet isOpen={hasSheet} onOpenChange={setSheet} />
    </AppFrame>
  );
}

/** A new page is a new place to read: keyboard and screen reader begin at its start, as after loading a page. */
function useFocusOnNewPage(path: string): void {
  const before = useRef(path);
  useEffect(() => {
    if (before.current !== path) document.getElementById('main')?.focus({ preventScroll: true });
    before.current = path;
  }, [path]);
}

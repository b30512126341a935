import { WifiOff } from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useWords } from '../text/use-words.ts';
import { announce } from './announce.ts';
import styles from './offline-banner.module.css';

/** Whether the device has a network; that the safe answers is known only by asking it. */
export function useIsOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine);
}

export function OfflineBanner({ isOffline }: { isOffline: boolean }) {
  const words = useWords();
  const before = useRef(isOffline);
  useEffect(() => {
    if (before.current !== isOffline) announce(words(isOffline ? 'ui.frame.offline' : 'ui.frame.online'));
    before.current = isOffline;
  }, [isOffline, words]);
  if (!isOffline) return null;
  return (
    <div className={styles.banner}>
      <WifiOff size={16} />
      {words('ui.frame.offline')}
    </div>
  );
}

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

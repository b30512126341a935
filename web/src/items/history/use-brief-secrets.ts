import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../text/use-words.ts';
import { announce } from '../../ui/announce.ts';
import { useSecondsUntil } from '../../ui/use-seconds.ts';

export const shownFor = 30; // seconds

/** Something secret that is forgotten by itself after 30 seconds, or when what shows it goes away. */
export function useBriefSecrets<Secrets>(label: string) {
  const words = useWords();
  const [shown, setShown] = useState<{ secrets: Secrets; until: number } | null>(null);
  const left = useSecondsUntil(shown?.until);
  const forget = () => {
    setShown(null);
    announce(words('ui.secret.nowHidden', { label }));
  };
  const forgetNow = useRef(forget);
  forgetNow.current = forget;
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(() => forgetNow.current(), shown.until - Date.now());
    return () => clearTimeout(timer);
  }, [shown]);
  useEffect(() => () => setShown(null), []);
  const show = (secrets: Secrets) => {
    setShown({ secrets, until: Date.now() + shownFor * 1000 });
    announce(words('ui.secret.nowShown', { label, seconds: shownFor }));
  };
  return { secrets: shown?.secrets ?? null, left, show, forget };
}

import { useEffect, useRef } from 'react';

// Messages are alertdialogs too, but say that they are not modal: they stand beside what one does.
const openDialogs = '[role="dialog"], [role="alertdialog"]:not([aria-modal="false"])';

/**
 * Calls `act` for a key pressed anywhere: `/`, `?`, or with Ctrl (Command on Apple's devices) `Mod+K`. A single key is
 * not heard while somebody types, nor while a dialog is open.
 */
export function useShortcut(key: string, act: () => void): void {
  const now = useRef(act);
  now.current = act;
  useEffect(() => {
    const wanted = key.replace('Mod+', '').toLowerCase();
    const needsMod = key.startsWith('Mod+');
    const listen = (event: KeyboardEvent) => {
      const hasMod = event.ctrlKey || event.metaKey;
      if (event.defaultPrevented || event.altKey || event.key.toLowerCase() !== wanted || hasMod !== needsMod) return;
      if (!needsMod && (isTyping(event.target) || document.querySelector(openDialogs))) return;
      event.preventDefault();
      now.current();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [key]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

import { useEffect, useRef } from 'react';

// A toast is an alertdialog too, in a region of its own: it takes no keys from the page.
const openDialog = '[role="dialog"], [role="alertdialog"]:not([role="region"] *)';

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
      if (!needsMod && (isTyping(event.target) || document.querySelector(openDialog) !== null)) return;
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

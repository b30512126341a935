import { useCallback, useEffect, useRef } from 'react';

/**
 * What is typed between the keys that open a dialog and the moment it is there, while its code is fetched: nothing of
 * it is lost, nor does it reach the page behind. The function gives it once; Escape leaves as it would later.
 */
export function useEarlyKeys(isOpen: boolean, onLeave: () => void): () => string {
  const typed = useRef('');
  const leave = useRef(onLeave);
  leave.current = onLeave;
  useEffect(() => {
    if (!isOpen) return;
    typed.current = '';
    const listen = (event: KeyboardEvent) => {
      const { key, target } = event;
      if (event.ctrlKey || event.metaKey || document.querySelector('[role="dialog"]')?.contains(target as Node)) return;
      if (key === 'Escape') leave.current();
      else if (key === 'Backspace') typed.current = typed.current.slice(0, -1);
      else if (key.length === 1) typed.current += key;
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener('keydown', listen, true);
    return () => document.removeEventListener('keydown', listen, true);
  }, [isOpen]);
  return useCallback(() => typed.current, []);
}

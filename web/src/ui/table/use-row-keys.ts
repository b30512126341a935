import { type RefObject, useEffect, useRef } from 'react';

type RowKeys = {
  scroller: RefObject<HTMLElement | null>;
  count: number;
  current: number;
  pageSize: number;
  move: (to: number) => void;
  /** Whether the key did something with the current row. */
  act: (key: string) => boolean;
};

/**
 * Keys for the rows of a table, heard while the focus is on a row or nowhere. They give the current row the focus, so
 * that a screen reader follows. Right and Left walk through the controls of a row.
 */
export function useRowKeys(keys: RowKeys): void {
  const now = useRef(keys);
  now.current = keys;
  const moved = useRef(false);
  // After End: the last row stays the current one while more rows are read, until somebody does something else.
  const followsEnd = useRef(false);
  useEffect(() => {
    const stay = () => {
      followsEnd.current = false;
    };
    const listen = (event: KeyboardEvent) => {
      stay();
      const { scroller, act } = now.current;
      const target = event.target as HTMLElement;
      const row = target.closest<HTMLElement>('[role="row"][data-index]');
      // A new page gives the focus to its main part or a heading, which have no keys of their own.
      const isNowhere = target === document.body || target.matches('main, h1, h2');
      const isOnRow = row !== null && row === target && scroller.current?.contains(row);
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || scroller.current === null) return;
      if (row !== null && scroller.current.contains(row) && walkRow(row, target, event.key)) event.preventDefault();
      else if (isOnRow || isNowhere) {
        const to = destination(event.key, now.current, isNowhere);
        if (to !== undefined) {
          moved.current = true;
          followsEnd.current = event.key === 'End';
          now.current.move(to);
          focusRow(scroller.current, to);
        } else if (!act(event.key)) return;
        event.preventDefault();
      }
    };
    document.addEventListener('keydown', listen);
    document.addEventListener('wheel', stay, { passive: true });
    document.addEventListener('pointerdown', stay);
    return () => {
      document.removeEventListener('keydown', listen);
      document.removeEventListener('wheel', stay);
      document.removeEventListener('pointerdown', stay);
    };
  }, []);
  useEffect(() => {
    if (!moved.current || keys.scroller.current === null) return;
    moved.current = false;
    focusRow(keys.scroller.current, keys.current); // it may have been drawn only now
  });
  // After the effect above, which would take the row of before for the one that was moved to.
  useEffect(() => {
    if (!followsEnd.current || keys.count === 0) return;
    moved.current = true;
    now.current.move(keys.count - 1);
  }, [keys.count]);
}

function destination(key: string, { count, current, pageSize }: RowKeys, isFirst: boolean): number | undefined {
  if (count === 0) return undefined;
  const last = count - 1;
  const page = Math.max(1, pageSize - 13);
  switch (key) {
    case 'j':
      return isFirst ? current : Math.min(last, current + 1);
    case 'k':
      return Math.max(0, current - 1);
    case 'ArrowDown':
      return isFirst ? undefined : Math.min(last, current + 1);
    case 'ArrowUp':
      return isFirst ? undefined : Math.max(0, current - 1);
    case 'Home':
      return isFirst ? undefined : 0;
    case 'End':
      return isFirst ? undefined : last;
    case 'PageDown':
      return isFirst ? undefined : Math.min(last, current + page);
    case 'PageUp':
      return isFirst ? undefined : Math.max(0, current - page);
    default:
      return undefined;
  }
}

function focusRow(scroller: HTMLElement, index: number): void {
  scroller.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
}

function walkRow(row: HTMLElement, target: HTMLElement, key: string): boolean {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (step === undefined) return false;
  const stops = [row, ...row.querySelectorAll<HTMLElement>('a, button, input')];
  const next = stops[stops.indexOf(target) + step];
  if (next === undefined) return false;
  next.focus({ preventScroll: true });
  return true;
}

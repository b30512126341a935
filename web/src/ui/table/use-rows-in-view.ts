import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';

const beyond = 6; // rows drawn above and below what is in sight

/**
 * The rows `from` to before `to` are in sight or nearly so; `height` is one row's in px, as the style sheet has
 * it, and `width` what the columns have.
 */
export function useRowsInView(scroller: RefObject<HTMLElement | null>, count: number, isLoading: boolean) {
  const [view, setView] = useState({ top: 0, space: 800, width: Infinity, row: 44, head: 36 });
  const isThere = count > 0 || isLoading;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || !isThere) return;
    const change = (next: Partial<typeof view>) =>
      setView((now) => (isSame(now, { ...now, ...next }) ? now : { ...now, ...next }));
    // To ask for styles makes the browser lay out anew all that just changed: while one scrolls, that took an eighth of the time.
    const measure = () => {
      const style = getComputedStyle(element);
      const row = Number.parseFloat(style.getPropertyValue('scroll-margin-block-start')) || 44;
      const head = Number.parseFloat(style.getPropertyValue('scroll-padding-block-start')) || 0;
      change({ top: element.scrollTop, space: element.clientHeight, width: element.clientWidth, row, head });
    };
    const follow = () => change({ top: element.scrollTop });
    measure();
    const observer = new ResizeObserver(measure);
    // The head grows with the letters, where the scroller may not.
    for (const one of [element, element.firstElementChild]) if (one) observer.observe(one);
    element.addEventListener('scroll', follow, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', follow);
    };
  }, [scroller, isThere]);

  const scrollTo = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (element === null) return;
      const top = index * view.row;
      const space = element.clientHeight - view.head;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + view.row > element.scrollTop + space) element.scrollTop = top + view.row - space;
    },
    [scroller, view.row, view.head],
  );
  const from = Math.max(0, Math.floor(view.top / view.row) - beyond);
  const to = Math.min(count, Math.ceil((view.top + view.space) / view.row) + beyond);
  return { height: view.row, width: view.width, from, to, scrollTo };
}

function isSame<Shape extends object>(one: Shape, other: Shape): boolean {
  return (Object.keys(one) as (keyof Shape)[]).every((key) => one[key] === other[key]);
}

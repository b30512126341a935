import { useEffect, useState } from 'react';

type Guard = { path: string; href: string; ask: (go: () => void) => void };

let guard: Guard | null = null;

/**
 * Before the router begins to listen: whoever listens first to the window hears of Back first, and once the router has
 * heard of it, the page with all that was typed is gone.
 */
export function prepareLeaveGuard(): void {
  window.addEventListener('popstate', (event) => {
    if (guard === null || location.pathname === guard.path) return;
    // Going back has happened when it is told: the address is put back, and gone back from again after a yes.
    event.stopImmediatePropagation();
    history.pushState(null, '', guard.href);
    guard.ask(() => history.back());
  });
}

/** For the router: asks before a page with unsaved changes is left. Changes of the query alone leave no page. */
export function guardedNavigation<Options>(
  navigate: (to: string, options?: Options) => void,
  to: string,
  options?: Options,
): void {
  const go = () => navigate(to, options);
  if (guard === null || new URL(to, location.href).pathname === guard.path) go();
  else guard.ask(go);
}

/**
 * While `isDirty`, leaving the page by a link, by Back, by closing the tab or by reloading asks first. `leaving` is what
 * to do when the answer is yes, and null while nobody wants to leave; `release` lets the next step through unasked, for
 * after saving.
 */
export function useLeaveGuard(isDirty: boolean) {
  const [leaving, setLeaving] = useState<{ go: () => void } | null>(null);
  useEffect(() => {
    if (!isDirty) return;
    const { pathname: path, href } = location;
    const mine: Guard = { path, href, ask: (go) => setLeaving({ go }) };
    guard = mine;
    const onClose = (event: BeforeUnloadEvent) => {
      if (guard === mine) event.preventDefault();
    };
    window.addEventListener('beforeunload', onClose);
    return () => {
      if (guard === mine) guard = null;
      window.removeEventListener('beforeunload', onClose);
    };
  }, [isDirty]);
  return {
    leaving:
      leaving &&
      (() => {
        release();
        setLeaving(null);
        leaving.go();
      }),
    stay: () => setLeaving(null),
    release,
  };
}

function release(): void {
  guard = null;
}

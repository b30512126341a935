import { type ComponentType, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';

type AheadOptions<Props> = {
  /** Shown where the code is wanted before it came. */
  fallback?: ReactNode;
  /** Whether the code is wanted now, of what stands in the page from the beginning: a dialog that is closed can wait. */
  isWanted?: (props: Props) => boolean;
};

const calm = 500; // in ms: what the page itself needs goes first

/**
 * A component whose code is no part of the first load: it is fetched once the page is calm, or at once when it is
 * wanted. From then on it is shown in the same moment, unlike what React's own `lazy` shows, which gives way first.
 */
export function ahead<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { fallback = null, isWanted = () => true }: AheadOptions<Props> = {},
): ComponentType<Props> {
  let shown: ComponentType<Props> | undefined;
  let loading: Promise<void> | undefined;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const fetchOnce = () => {
    loading ??= load().then(
      (component) => {
        shown = component;
        for (const listener of listeners) listener();
      },
      (error) => {
        loading = undefined; // the next who wants it tries anew
        throw error;
      },
    );
    return loading;
  };
  whenCalm(() => void fetchOnce().catch(() => {})); // nobody asked yet: whoever does finds out himself

  return function Ahead(props: Props) {
    const Shown = useSyncExternalStore(subscribe, () => shown);
    const [failure, setFailure] = useState<{ error: unknown } | null>(null);
    const wanted = isWanted(props);
    useEffect(() => {
      if (wanted) fetchOnce().catch((error) => setFailure({ error }));
    }, [wanted]);
    if (Shown !== undefined) return <Shown {...props} />;
    if (failure !== null) throw failure.error;
    return wanted ? fallback : null;
  };
}

/** Of what stands in the page closed: its code is wanted once it is opened. */
export const onceOpen = { isWanted: ({ isOpen }: { isOpen: boolean }) => isOpen };

/** Once the page has what it needs and nothing else to do. */
export function whenCalm(act: () => void): void {
  setTimeout(() => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(act, { timeout: 2_000 });
    else act();
  }, calm);
}

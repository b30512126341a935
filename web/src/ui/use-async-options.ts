import { useEffect, useState } from 'react';
import type { Option } from './option.tsx';

const pause = 150; // while somebody types, in ms

/** Asks `find` for the options of what is typed, a moment after the last key, and drops answers that come too late. */
export function useAsyncOptions<Id extends string>(
  find: ((typed: string, signal: AbortSignal) => Promise<Option<Id>[]>) | undefined,
  text: string,
) {
  const [typed, setTyped] = useState(text);
  const [answer, setAnswer] = useState<{ to: string; options: Option<Id>[]; hasFailed: boolean }>();
  useEffect(() => {
    if (find === undefined) return;
    const left = new AbortController();
    const timer = setTimeout(() => {
      find(typed, left.signal).then(
        (options) => !left.signal.aborted && setAnswer({ to: typed, options, hasFailed: false }),
        () => !left.signal.aborted && setAnswer({ to: typed, options: [], hasFailed: true }),
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      left.abort();
    };
  }, [find, typed]);
  return {
    typed,
    setTyped,
    options: answer?.options ?? [],
    hasFailed: answer?.hasFailed ?? false,
    isLoading: answer?.to !== typed,
  };
}

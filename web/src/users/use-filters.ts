import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'wouter';

const pause = 200; // while somebody types, in ms

/** What a list is filtered by, kept in the address: `search` goes on to links that must not lose it. */
export function useFilters() {
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string | null) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === null || value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const clear = () => setParams(new URLSearchParams(), { replace: true });
  return { params, set, clear, search: params.size === 0 ? '' : `?${params}` };
}

/** The words of a search field, which go into the address a moment after the last key. */
export function useSearchText({ params, set }: ReturnType<typeof useFilters>) {
  const inAddress = params.get('q') ?? '';
  const [typed, setTyped] = useState(inAddress);
  const sent = useRef(inAddress);
  const setNow = useRef(set);
  setNow.current = set;
  useEffect(() => {
    // Cleared elsewhere, or the browser went back.
    if (inAddress !== sent.current) setTyped(inAddress);
    sent.current = inAddress;
  }, [inAddress]);
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed;
      setNow.current('q', typed);
    }, pause);
    return () => clearTimeout(timer);
  }, [typed]);
  return [typed, setTyped] as const;
}

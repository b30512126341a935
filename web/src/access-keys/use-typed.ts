import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'wouter';

const pause = 150; // while somebody types, in ms

/** What is typed into a field that the address follows a moment later, under the given name; it leaves no history. */
export function useTyped(name: string): [string, (text: string) => void] {
  const [params, setParams] = useSearchParams();
  const told = params.get(name) ?? '';
  const [typed, setTyped] = useState(told);
  const sent = useRef(told);
  useEffect(() => {
    // The address was changed otherwise: by a link, or the browser's way back.
    if (told !== sent.current) setTyped(told);
    sent.current = told;
  }, [told]);
  useEffect(() => {
    if (typed.trim() === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed.trim();
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (typed.trim() === '') next.delete(name);
          else next.set(name, typed.trim());
          return next;
        },
        { replace: true },
      );
    }, pause);
    return () => clearTimeout(timer);
  }, [typed, name, setParams]);
  return [typed, setTyped];
}

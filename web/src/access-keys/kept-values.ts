// What was typed into a form and not sent, kept in this page while it is open: whoever leaves the form finds it again.
// It holds no secret. With a reload it is gone, which the browser is told to ask about.

import { useEffect } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { KeyValues } from './key-values.ts';

const kept = new Map<string, KeyValues>();

/** `place`: whose form, and which. */
export function keptValues(place: string): KeyValues | undefined {
  return kept.get(place);
}

export function forgetValues(place: string): void {
  kept.delete(place);
}

/** Keeps what is typed into the form from now on. */
export function useKeptValues(place: string, form: UseFormReturn<KeyValues>): void {
  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values, type }) => {
          if (type === 'change') kept.set(place, { ...values, tags: [...values.tags], items: [...values.items] });
        },
      }),
    [place, form],
  );
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (kept.has(place)) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [place]);
}

import type { PasswordStrength } from '@arca/sdk';
import { useEffect, useState } from 'react';
import { arca } from './arca.ts';

type Strength = PasswordStrength['strength'];

const pause = 200; // in ms, after the last sign that was typed

/** How strong the safe judges a password while it is typed; what it said last until it says more. */
export function useStrength(password: string): Strength {
  const [strength, setStrength] = useState<Strength>('undefined');
  useEffect(() => {
    if (password === '') {
      setStrength('undefined');
      return;
    }
    setStrength((before) => (before === 'undefined' ? 'pending' : before));
    const over = new AbortController();
    const timer = setTimeout(() => {
      arca.passwordStrength.judge({ password }, { signal: over.signal }).then(
        (answer) => {
          if (!over.signal.aborted && answer.strength !== 'pending') setStrength(answer.strength);
        },
        // A help: saving says what is wrong.
        () => over.signal.aborted || setStrength('undefined'),
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      over.abort();
    };
  }, [password]);
  return strength;
}

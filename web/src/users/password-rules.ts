import { useFieldProblems } from '../api/problem-words.ts';
import { useWords } from '../text/use-words.ts';

const shortest = 12; // bytes, as the safe counts them

/** What a form can tell of a password before the safe judges it. */
export function usePasswordRule(): (password: string) => string | true {
  const words = useWords();
  return (password) => {
    if (password === '') return words('users.missing.password');
    return new TextEncoder().encode(password).length >= shortest || words('users.missing.passwordShort');
  };
}

/** Whether the safe refused the field, and not another. */
export function useIsRefused(): (error: unknown, field: string) => boolean {
  const problemsOf = useFieldProblems();
  return (error, name) => problemsOf(error).some(({ field }) => field === name);
}

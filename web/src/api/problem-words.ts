import { ArcaError, type ErrorCode, isProblem } from '@arca/sdk';
import { useMemo } from 'react';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';

export type ProblemWords = {
  /** What happened. */
  what: string;
  /** What was kept, and what to do next. */
  next: string;
  /** Finds the request in the safe's log and audit; null where nobody needs to. */
  requestId: string | null;
  /** Both in one text, for a toast or below a field. */
  whole: string;
};

/** Says any error in words, as in `explain(mutation.error).whole`. */
export function useProblemWords(): (error: unknown) => ProblemWords {
  const words = useWords();
  const { duration } = useFormats();
  return useMemo(() => (error) => problemWords(error, words, duration), [words, duration]);
}

/** What people get wrong themselves and mend themselves: nobody has to look the request up. */
const ownSlips = new Set<ErrorCode>([
  'sign_in_failed',
  'password_wrong',
  'second_factor_required',
  'second_factor_wrong',
  'proof_required',
  'too_many_requests',
  'field_missing',
  'field_invalid',
  'note_too_long',
  'request_invalid',
]);

type Words = ReturnType<typeof useWords>;

function problemWords(error: unknown, words: Words, duration: (seconds: number) => string): ProblemWords {
  const { what, next } = saidOf(error, words, duration);
  const requestId = error instanceof ArcaError && !ownSlips.has(error.code) ? error.requestId : null;
  return { what, next, requestId, whole: `${what}. ${next}` };
}

function saidOf(error: unknown, words: Words, duration: (seconds: number) => string) {
  if (!(error instanceof ArcaError)) return { what: words('problems.page.what'), next: words('problems.page.next') };
  const { code, problem } = error as ArcaError;
  if (isProblem(error, 'too_many_requests')) {
    const time = duration(error.problem.retryAfterSeconds);
    return { what: words('problems.codes.too_many_requests.what'), next: words('problems.wait', { time }) };
  }
  const what = words(`problems.codes.${code}.what`, { defaultValue: '' });
  // A safe that is newer than this page speaks for itself.
  if (what === '') return { what: problem?.title ?? code, next: error.detail };
  return { what, next: words(`problems.codes.${code}.next`) };
}

/** The fields that a refusal names, each with what to do; the names are the API's. Empty for any other error. */
export function useFieldProblems(): (error: unknown) => { field: string; text: string }[] {
  const words = useWords();
  return useMemo(
    () => (error) => {
      const isOfFields = ['field_missing', 'field_invalid', 'note_too_long', 'request_invalid'] as const;
      if (!isProblem(error) || !isOfFields.some((code) => isProblem(error, code))) return [];
      const { errors } = error.problem as { errors: { field: string; why: string }[] };
      return errors.map(({ field, why }) => ({ field, text: words(`problems.fields.${kindOf(why)}`) }));
    },
    [words],
  );
}

/** The safe gives its reasons in English, for programs; people get our words. The first that fits counts. */
const kinds = [
  [/most common/, 'common'],
  [/breached/, 'breached'],
  [/(be|than) the username/, 'isUsername'],
  [/another one/, 'sameAsBefore'],
  [/someone@example/, 'email'],
  [/characters of a-z/, 'username'],
  [/in the future/, 'past'],
  [/empty|missing|required/, 'missing'],
  [/fewer|shorter|at least/, 'tooShort'],
  [/more than|longer|at most/, 'tooLong'],
] as const;

function kindOf(why: string) {
  return kinds.find(([pattern]) => pattern.test(why))?.[1] ?? 'invalid';
}

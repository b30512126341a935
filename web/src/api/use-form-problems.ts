import { type ErrorCode, isProblem } from '@arca/sdk';
import { useEffect, useMemo } from 'react';
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import { useFieldProblems, useProblemWords } from './problem-words.ts';

/**
 * Shows beside the fields of a form what the safe says of them, and puts the focus there. A refusal that is about one
 * field, whatever the API calls it, is led there by `fieldOf`. Returns the error if something of it is left to be said
 * about the whole (`problem={<ProblemBanner error={…} />}`), else null.
 */
export function useFormProblems<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  error: unknown,
  fieldOf: Partial<Record<ErrorCode, FieldPath<Values>>> = {},
): unknown {
  const fieldProblems = useFieldProblems();
  const explain = useProblemWords();
  const ofCode = isProblem(error) ? fieldOf[error.code] : undefined;
  const told = useMemo(
    () => (ofCode === undefined ? fieldProblems(error) : [{ field: ofCode as string, text: explain(error).whole }]),
    [error, ofCode, fieldProblems, explain],
  );
  const shown = told.filter(({ field }) => (field.split('.')[0] ?? '') in form.getValues());
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each refusal; what is typed then takes it away
  useEffect(() => {
    if (error === null || error === undefined) return;
    for (const { field, text } of shown) form.setError(field as FieldPath<Values>, { type: 'server', message: text });
    const [first] = shown;
    if (first !== undefined) form.setFocus(first.field as FieldPath<Values>, { shouldSelect: true });
  }, [error]);
  return shown.length > 0 && shown.length === told.length ? null : error;
}

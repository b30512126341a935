import { useEffect } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';
import { useSession } from '../session/use-session.ts';

type Draft = { username: string; values: FieldValues };

let draft: Draft | null = null;

/** Keeps what was typed and not saved, in memory alone, until the form is there again. */
export function useDraft<Values extends FieldValues>(form: UseFormReturn<Values>): { forgetDraft: () => void } {
  const { username } = useSession().user;
  const { isDirty } = form.formState;
  useEffect(() => {
    if (draft === null || draft.username !== username) return;
    for (const [name, value] of Object.entries(draft.values)) {
      form.setValue(name as Parameters<typeof form.setValue>[0], value, { shouldDirty: true });
    }
  }, [form, username]);
  useEffect(
    () => () => {
      draft = isDirty ? { username, values: form.getValues() } : null;
    },
    [form, username, isDirty],
  );
  return {
    forgetDraft: () => {
      draft = null;
    },
  };
}

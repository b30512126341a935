import { useMutation } from '@tanstack/react-query';
import { useCallback } from 'react';
import { arca } from '../api/arca.ts';
import { useProblemWords } from '../api/problem-words.ts';
import { queries } from '../api/queries.ts';
import { keyOf } from '../api/query-keys.ts';
import { chooseLanguage, type Language } from '../text/languages.ts';
import { showToast } from '../ui/toast.tsx';
import { type SignedIn, sessionKey } from './read-session.ts';

/** Speaks the language at once, and keeps it in the profile for all browsers. */
export function useLanguageChoice(): (language: Language) => void {
  const explain = useProblemWords();
  const save = useMutation({
    mutationFn: (locale: Language) => arca.profile.change({ locale }),
    onSuccess: (profile) => {
      queries.setQueryData(keyOf('profile', 'read'), profile);
      queries.setQueryData<SignedIn | null>(sessionKey, (now) => now && withLocale(now, profile.locale));
    },
    onError: (error) => {
      const { what, next } = explain(error);
      showToast({ tone: 'danger', text: what, detail: next });
    },
  });
  const { mutate } = save;
  return useCallback(
    (language) => {
      void chooseLanguage(language);
      mutate(language);
    },
    [mutate],
  );
}

function withLocale(now: SignedIn, locale: Language | null): SignedIn {
  return { ...now, session: { ...now.session, user: { ...now.session.user, locale } } };
}

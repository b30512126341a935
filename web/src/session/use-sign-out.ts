import { useMutation } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useLocation } from 'wouter';
import { arca } from '../api/arca.ts';
import { useProblemWords } from '../api/problem-words.ts';
import { useWords } from '../text/use-words.ts';
import { showToast } from '../ui/toast.tsx';
import { leave } from './enter.ts';
import { tellOtherTabs } from './tabs.ts';

/** Ends the session here, or all of them. Where that fails the app stays open and says so. */
export function useSignOut() {
  const words = useWords();
  const explain = useProblemWords();
  const [, navigate] = useLocation();
  const { mutate, isPending } = useMutation({
    mutationFn: async (everywhere: boolean) => {
      if (everywhere) await arca.sessions.endOthers();
      await arca.session.end();
      return everywhere;
    },
    onSuccess: (everywhere) => {
      navigate('/');
      leave();
      tellOtherTabs('ended');
      showToast({
        tone: 'success',
        text: words(everywhere ? 'session.signOut.doneEverywhere' : 'session.signOut.done'),
      });
    },
    onError: (error) => {
      const { what, next } = explain(error);
      showToast({ tone: 'danger', text: what, detail: next });
    },
  });
  const signOut = useCallback(() => mutate(false), [mutate]);
  const signOutEverywhere = useCallback(() => mutate(true), [mutate]);
  return { signOut, signOutEverywhere, isBusy: isPending };
}

import { useMutation } from '@tanstack/react-query';
import { useCallback } from 'react';
import { arca } from '../api/arca.ts';
import { useProblemWords } from '../api/problem-words.ts';
import { useWords } from '../text/use-words.ts';
import { guardedNavigation } from '../ui/leave-guard.ts';
import { showToast } from '../ui/toast.tsx';
import { leave } from './enter.ts';
import { tellOtherTabs } from './tabs.ts';

const signedOut = '/signed-out'; // a path that no page has: unsaved changes of each are asked about first

/** Ends the session here, or all of them. Where that fails the app stays open and says so. */
export function useSignOut() {
  const words = useWords();
  const explain = useProblemWords();
  const { mutate, isPending } = useMutation({
    mutationFn: async (everywhere: boolean) => {
      if (everywhere) await arca.sessions.endOthers();
      await arca.session.end();
      return everywhere;
    },
    onSuccess: (everywhere) => {
      leave();
      history.replaceState(null, '', '/'); // past the guard of unsaved changes, which has asked already
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
  const signOut = useCallback(() => guardedNavigation(() => mutate(false), signedOut), [mutate]);
  const signOutEverywhere = useCallback(() => guardedNavigation(() => mutate(true), signedOut), [mutate]);
  return { signOut, signOutEverywhere, isBusy: isPending };
}

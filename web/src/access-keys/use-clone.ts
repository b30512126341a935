import type { AccessKey } from '@arca/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useLocation } from 'wouter';
import { arca } from '../api/arca.ts';
import { useProblemWords } from '../api/problem-words.ts';
import { keyOf } from '../api/query-keys.ts';
import { useWords } from '../text/use-words.ts';
import { showToast } from '../ui/toast.tsx';

/** Makes a copy with credentials of its own and opens it; its missing end is told, with the way to give it one. */
export function useClone(): (accessKey: AccessKey) => Promise<void> {
  const words = useWords();
  const explain = useProblemWords();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  return useCallback(
    async ({ id, name }) => {
      try {
        const { id: copy } = await arca.accessKeys.clone({ id });
        void queries.invalidateQueries({ queryKey: keyOf('accessKeys') });
        navigate(`/access-keys/${copy}`);
        showToast({
          tone: 'success',
          text: words('accessKeys.cloned.done', { name }),
          detail: words('accessKeys.cloned.detail'),
          action: {
            label: words('accessKeys.cloned.next'),
            onAction: () => navigate(`/access-keys/${copy}/change?at=period`),
          },
        });
      } catch (error) {
        const { what, next } = explain(error);
        showToast({ tone: 'danger', text: what, detail: next });
      }
    },
    [words, explain, queries, navigate],
  );
}

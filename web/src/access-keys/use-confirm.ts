import type { AccessKey } from '@arca/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { arca } from '../api/arca.ts';
import { useProblemWords } from '../api/problem-words.ts';
import { keyOf } from '../api/query-keys.ts';
import { useWords } from '../text/use-words.ts';
import { showToast } from '../ui/toast.tsx';

/** Lets a key work again that a restore holds. */
export function useConfirm(): { confirm: (accessKey: AccessKey) => Promise<void>; isConfirming: boolean } {
  const words = useWords();
  const explain = useProblemWords();
  const queries = useQueryClient();
  const [isConfirming, setConfirming] = useState(false);
  const confirm = useCallback(
    async ({ id, name }: AccessKey) => {
      setConfirming(true);
      try {
        await arca.accessKeys.confirm({ id });
        await queries.invalidateQueries({ queryKey: keyOf('accessKeys') });
        showToast({ tone: 'success', text: words('accessKeys.confirmed', { name }) });
      } catch (error) {
        const { what, next } = explain(error);
        showToast({ tone: 'danger', text: what, detail: next });
      } finally {
        setConfirming(false);
      }
    },
    [words, explain, queries],
  );
  return { confirm, isConfirming };
}

import { useState } from 'react';
import { useProblemWords } from '../api/problem-words.ts';
import { queries } from '../api/queries.ts';
import { keyOf } from '../api/query-keys.ts';

/** Work that ends in a plan or in words of what is wrong. */
export function usePlanning(onPlanned: (id: number) => void) {
  const explain = useProblemWords();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const doing = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      const { detail = '' } = error as { detail?: string };
      setProblem(`${explain(error).whole} ${detail}`.trim());
    } finally {
      setBusy(false);
    }
  };
  const planning = (plan: () => Promise<{ id: number }>) =>
    doing(async () => {
      const { id } = await plan();
      await queries.invalidateQueries({ queryKey: keyOf('imports') });
      onPlanned(id);
    });
  return { isBusy, problem, doing, planning };
}

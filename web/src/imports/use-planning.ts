import { isProblem } from '@arca/sdk';
import { useState } from 'react';
import { useProblemWords } from '../api/problem-words.ts';
import { queries } from '../api/queries.ts';
import { keyOf } from '../api/query-keys.ts';
import { useSayings } from './use-sayings.ts';

/** Work that ends in a plan or in words of what is wrong. */
export function usePlanning(onPlanned: (id: number) => void) {
  const explain = useProblemWords();
  const say = useSayings();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const doing = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      const isOfFile = isProblem(error, 'import_unreadable') || isProblem(error, 'import_source_failed');
      const { what, whole } = explain(error);
      setProblem(isOfFile ? `${what}. ${say(error.problem.why)}` : whole);
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

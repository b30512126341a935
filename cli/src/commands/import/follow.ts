import type { ImportProgress } from '../../../../server/src/admin/imports.ts';
import { Problem } from '../../problem.ts';
import { progressBar } from '../../progress-bar.ts';
import { sayProgress } from '../../terminal.ts';

/** Shows how far an import has come until the safe is done with it, and gives how it ended. */
export async function follow(told: AsyncIterable<unknown>): Promise<ImportProgress> {
  let last: ImportProgress | undefined;
  try {
    for await (const now of told as AsyncIterable<ImportProgress>) {
      last = now;
      sayProgress(wordsOf(now));
    }
  } finally {
    sayProgress('');
  }
  if (last === undefined) throw new Problem('refused', 'The safe told nothing of the import.');
  return last;
}

function wordsOf({ phase, done, total }: ImportProgress): string {
  return phase === 'removing' ? 'Taking away what nobody has changed ...' : progressBar(done, total);
}

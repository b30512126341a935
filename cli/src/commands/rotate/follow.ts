import { setTimeout as sleep } from 'node:timers/promises';
import type { ResultOf } from '../../../../server/src/admin/commands.ts';
import type { Operator } from '../../../../server/src/admin/operate.ts';
import { Problem } from '../../problem.ts';
import { progressBar } from '../../progress-bar.ts';
import { say, sayProgress } from '../../terminal.ts';

type Rotation = NonNullable<ResultOf<'safe-key.rotation'>>;
type What = Exclude<Rotation['what'], 'root'>;

const lookEvery = 200;

/** Begins a rotation, or follows the same one that is under way, and shows how far it has come until it is finished. */
export async function rotate(operator: Operator, what: What, reseal: boolean): Promise<Rotation> {
  const rotation = await operator.run('safe-key.rotation', undefined);
  if (rotation && rotation.finishedAt === null && rotation.what === what) {
    say('It is under way already; this follows it.');
  } else {
    await operator.run('safe-key.rotate', { what, reseal });
  }
  return follow(operator);
}

async function follow(operator: Operator): Promise<Rotation> {
  for (;;) {
    const rotation = await operator.run('safe-key.rotation', undefined);
    if (!rotation) throw new Problem('refused', 'The safe knows of no rotation.');
    if (rotation.finishedAt !== null) {
      sayProgress('');
      if (rotation.broken > 0) throw new Problem('refused', brokenWords(rotation));
      return rotation;
    }
    sayProgress(barOf(rotation));
    await sleep(lookEvery);
  }
}

function barOf({ phase, done, total }: Rotation): string {
  if (phase === 'announced') return 'Making the new key known ...';
  if (phase === 'retiring') return 'Looking whether anything still needs the old key ...';
  return progressBar(done, total);
}

function brokenWords({ broken }: Rotation): string {
  const rows =
    broken === 1 ? 'One row is not as it was stored and was' : `${broken} rows are not as they were stored and were`;
  return `${rows} left as ${broken === 1 ? 'it is' : 'they are'}, and the old key with ${broken === 1 ? 'it' : 'them'}; the log names ${broken === 1 ? 'it' : 'them'}.`;
}

import type { ResultOf } from '../../../../server/src/admin/commands.ts';
import { Problem } from '../../problem.ts';
import { say } from '../../terminal.ts';

type Told = ResultOf<'import.plan'>;

export async function tellPlan({ id, format, counts, receipt }: Told, user: string): Promise<void> {
  say(
    `Import ${id} (${format}): ${counts.new} new, ${counts.same} the same, ${counts.changed} changed, ${counts.rejected} rejected.`,
  );
  if (receipt) {
    const counts = Object.entries(receipt.counts).map(([kind, count]) => `${kind} ${count}`);
    say(`From ${receipt.from}: ${counts.join(', ')}; SHA-256 ${receipt.digest}.`);
  }
  say(`Rows and reasons: arca import log ${id} --user ${user}`);
  say(`To do it, or to give it up: arca import apply ${id} --user ${user}, arca import discard ${id} --user ${user}`);
}

export async function tellEnd({
  id,
  phase,
  outcomes,
  failure,
}: Pick<Told, 'id' | 'phase' | 'outcomes' | 'failure'>): Promise<void> {
  const { created = 0, updated = 0, left = 0, undone = 0, kept = 0 } = outcomes;
  if (phase === 'undone')
    say(`Import ${id} is undone: ${undone} taken back, ${kept} kept because somebody changed them.`);
  else if (phase === 'finished') say(`Import ${id} is finished: ${created} created, ${updated} updated, ${left} left.`);
  else throw new Problem('refused', `Import ${id} has ${phase}${failure === null ? '' : ` (${failure})`}.`);
}

/** An import is named by its number. */
export function readId(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Problem('usage', 'An import is named by its number.');
  return Number(text);
}

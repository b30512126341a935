import { setTimeout as sleep } from 'node:timers/promises';
import { mustMay } from '../../domain/access.ts';
import type { Turn } from '../../storage/job-turn.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';

/** `isMine`: whoever reads this may write an archive for as long as he goes on reading. */
export type ArchiveTurn = { isMine: boolean };

const tellEvery = 250;
const patience = 1000;

/**
 * The turn to write an archive of the audit: two that write the same one would each put their own file in its place, and
 * the safe has signed one of them. It is given back when nobody reads any more. Each line tells whether it still counts.
 */
export async function* archiveTurn(ctx: Context): AsyncGenerator<ArchiveTurn> {
  await actReading(ctx, { action: 'audit.archive', target: null }, async (_, caller) =>
    mustMay('audit.archive', caller),
  );
  const turn = await takeSoon(ctx);
  if (turn === null) {
    yield { isMine: false };
    return;
  }
  try {
    // A reader at the other end of a socket that is gone is noticed when something is told.
    for (;;) {
      yield { isMine: await turn.holds() };
      await sleep(tellEvery);
    }
  } finally {
    await turn.giveBack();
  }
}

/** Whoever was done a moment ago, at the other end of a socket, is noticed only when he is told the next line. */
async function takeSoon({ safe }: Context): Promise<Turn | null> {
  const end = performance.now() + patience;
  for (;;) {
    const turn = await safe.store.takeTurn('archive-audit');
    if (turn !== null || performance.now() > end) return turn;
    await sleep(tellEvery / 2);
  }
}

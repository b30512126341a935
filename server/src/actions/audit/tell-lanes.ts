import { listLanes, record } from '../../storage/audit.ts';
import type { Tx } from '../../storage/transaction.ts';
import { submit } from '../act.ts';
import type { Context } from '../safe.ts';
import { systemContext } from '../system-context.ts';

/** How far each lane was when this process last looked. */
type Seen = Map<string, number>;

export type LaneTelling = {
  /** Records that a process opened or closed the safe, and where all other lanes stand. */
  turn(event: 'safe.opened' | 'safe.closed'): Promise<void>;
  /** Records where those stand that went on meanwhile, unless next to nothing happened. */
  again(): Promise<void>;
};

/** A safe that has been started for years has many lanes: each was told of by the starts that followed it. */
const mostTold = 100;
/** Nodes that only tell of one another must not keep each other at it. */
const longestSilence = 3_600_000;

/**
 * Lets the entries of each lane tell how long all others are, so that none can be cut or removed unseen while any other
 * one stands. A lane that is shorter than it was, or gone, is an error in the log at once.
 */
export function startLaneTelling(ctx: Context): LaneTelling {
  let seen: Seen = new Map();
  let toldAt = 0;

  async function tell(event: 'safe.opened' | 'safe.closed' | 'audit.lanes-told'): Promise<void> {
    const known = { caller: null, account: '' };
    // Each tells what it did in a context, and an id, of its own.
    const own = systemContext(ctx.safe);
    const result = await submit(own, { action: 'safe.tend', target: null }, known, async (tx, now) => {
      const look = await lookAround(tx, seen);
      const isQuiet = look.gone.length === 0 && look.steps <= look.moved.length && +now - toldAt < longestSilence;
      if (event === 'audit.lanes-told' && (look.moved.length + look.gone.length === 0 || isQuiet)) return null;
      const nobody = { userId: null, accessKeyId: null, target: null };
      const missing = look.gone.length === 0 ? {} : { missing: look.gone };
      const details = event === 'audit.lanes-told' ? missing : { lane: tx.chain.lane, ...missing };
      record(tx, { event, ...nobody, details, lanes: look.moved }, now, own.requestId);
      return { ...look, now };
    });
    if (!result) return;
    // A lane that is gone was told of; from now on it counts as it stands.
    seen = result.all;
    toldAt = +result.now;
    for (const lane of result.gone) ctx.safe.log.error({ lane }, 'an audit lane was cut or removed');
  }
  return { turn: tell, again: () => tell('audit.lanes-told') };
}

async function lookAround(tx: Tx, seen: Seen) {
  const lanes = await listLanes(tx);
  const all: Seen = new Map(lanes.map(({ lane, sequence }) => [lane, sequence]));
  const gone = [...seen].filter(([lane, sequence]) => (all.get(lane) ?? -1) < sequence).map(([lane]) => lane);
  const moved = lanes
    .filter(({ lane, sequence }) => lane !== tx.chain.lane && sequence > 0 && sequence !== seen.get(lane))
    .sort((a, b) => b.signed_at - a.signed_at)
    .slice(0, mostTold);
  const steps = moved.reduce((sum, { lane, sequence }) => sum + sequence - (seen.get(lane) ?? 0), 0);
  const told = moved.map(({ lane, sequence, hash }) => ({
    lane,
    sequence,
    hash: Buffer.from(hash).toString('base64'),
  }));
  return { all, gone, moved: told, steps };
}

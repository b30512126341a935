import { laneRows, type StoredEntry } from './audit.ts';
import { fromDate } from './column-forms.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

/** Does anyone send to this receiver yet? */
export async function isStreamKnown(tx: ReadTx, stream: string): Promise<boolean> {
  return (await byName.first(tx.on, { stream })) !== undefined;
}

/**
 * Takes the turn to send until then, unless another process has it. A receiver that is new begins with what is recorded
 * from now on: what was before is to be exported.
 */
export async function takeTurn(tx: Tx, stream: string, holder: string, now: Date, until: Date): Promise<boolean> {
  const known = await byName.first(tx.on, { stream });
  const on = await tx.writing();
  const row = { stream, holder, held_until: fromDate(until) };
  if (!known) {
    await insert.run(on, row);
    await beginNow.run(on, { stream });
    return true;
  }
  // The embedded store has one process: whoever held the turn is gone.
  const isOver = tx.on.engine === 'sqlite' ? Number.MAX_SAFE_INTEGER : fromDate(now);
  return (await take.all(on, { ...row, now: isOver })).length > 0;
}

/** Leaves the turn to whoever asks next. */
export async function leaveTurn(tx: Tx, stream: string, holder: string): Promise<void> {
  await leave.run(await tx.writing(), { stream, holder });
}

/** The next entries of any lane that this receiver does not have, at most so many; each lane in its order. */
export async function entriesBehind(tx: ReadTx, stream: string, most: number): Promise<StoredEntry[]> {
  const found: StoredEntry[] = [];
  for (const { lane, sequence } of await behind.all(tx.on, { stream })) {
    if (found.length >= most) break;
    found.push(...(await laneRows(tx, lane, sequence ?? 0, most - found.length)));
  }
  return found;
}

export async function saveCursor(tx: Tx, cursor: Tables['audit_cursors']): Promise<void> {
  await upsert.run(await tx.writing(), cursor);
}

/** What a user is called, unchecked: an entry whose user's row was changed must reach its receiver all the same. */
export async function usernameFor(tx: ReadTx, id: number): Promise<string | null> {
  return (await username.first(tx.on, { id }))?.username ?? null;
}

const byName = statement((db, p: { stream: string }) =>
  db.selectFrom('audit_streams').selectAll().where('stream', '=', p.stream),
);

const insert = statement((db, p: Tables['audit_streams']) =>
  db.insertInto('audit_streams').values({ stream: p.stream, holder: p.holder, held_until: p.held_until }),
);

const take = statement((db, p: Tables['audit_streams'] & { now: number }) =>
  db
    .updateTable('audit_streams')
    .set({ holder: p.holder, held_until: p.held_until })
    .where('stream', '=', p.stream)
    .where((or) => or.or([or('holder', '=', p.holder), or('held_until', '<', p.now)]))
    .returning('stream'),
);

const leave = statement((db, p: { stream: string; holder: string }) =>
  db.updateTable('audit_streams').set({ held_until: 0 }).where('stream', '=', p.stream).where('holder', '=', p.holder),
);

const beginNow = statement((db, p: { stream: string }) =>
  db
    .insertInto('audit_cursors')
    .columns(['stream', 'lane', 'sequence'])
    .expression((query) =>
      query.selectFrom('audit_lanes').select((of) => [of.val(p.stream).as('stream'), 'lane', 'sequence']),
    ),
);

const behind = statement((db, p: { stream: string }) =>
  db
    .selectFrom('audit_lanes')
    .leftJoin('audit_cursors', (join) =>
      join.onRef('audit_cursors.lane', '=', 'audit_lanes.lane').on('audit_cursors.stream', '=', p.stream),
    )
    .select(['audit_lanes.lane', 'audit_cursors.sequence', 'audit_lanes.sequence as head'])
    .where((or) =>
      or.or([
        or.and([or('audit_cursors.sequence', 'is', null), or('audit_lanes.sequence', '>', 0)]),
        or('audit_lanes.sequence', '>', or.ref('audit_cursors.sequence')),
      ]),
    )
    .orderBy('audit_lanes.opened_at')
    .orderBy('audit_lanes.lane'),
);

// Never back: whoever was slow and lost the turn may come late with what another has sent long since.
const upsert = statement((db, p: Tables['audit_cursors']) =>
  db
    .insertInto('audit_cursors')
    .values({ stream: p.stream, lane: p.lane, sequence: p.sequence })
    .onConflict((conflict) =>
      conflict
        .columns(['stream', 'lane'])
        .doUpdateSet({ sequence: p.sequence })
        .where('audit_cursors.sequence', '<', p.sequence),
    ),
);

const username = statement((db, p: { id: number }) => db.selectFrom('users').select('username').where('id', '=', p.id));

/** How far each receiver is behind: entries that it does not have, and when the oldest of them was recorded. */
export async function listStreamLags(tx: ReadTx): Promise<{ name: string; behind: number; oldestAt: number | null }[]> {
  const lags = new Map<string, { name: string; behind: number; oldestAt: number | null }>();
  for (const { stream } of await streamNames.all(tx.on, {}))
    lags.set(stream, { name: stream, behind: 0, oldestAt: null });
  for (const lag of lags.values()) {
    for (const { lane, sequence, head } of await behind.all(tx.on, { stream: lag.name })) {
      lag.behind += head - (sequence ?? 0);
      const [oldest] = await laneRows(tx, lane, sequence ?? 0, 1);
      if (oldest) lag.oldestAt = Math.min(lag.oldestAt ?? oldest.at, oldest.at);
    }
  }
  return [...lags.values()];
}

const streamNames = statement((db) => db.selectFrom('audit_streams').select('stream').orderBy('stream'));

import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreByHand } from '../../server/test/store-by-hand.ts';
import { type Known, mustHold } from './known.ts';

const eventsOfRevisions = ['created', 'updated', 'shared', 'disabled', 'enabled'];
const parts = ['item_versions', 'item_index', 'shares', 'item_use'];

/** What holds in every store that no transaction was torn in: each query counts rows that break it. */
const rules: Readonly<Record<string, string>> = {
  'items that lack a version, or have one too many': `select count(*) as broken from items i left join
    (select kind, number, count(*) as versions, max(version) as latest from item_versions group by kind, number) v
    on v.kind = i.kind and v.number = i.number
    where v.versions is null or v.versions <> i.version or v.latest <> i.version`,
  'items without an index of their name': `select count(*) as broken from items i where not exists
    (select 1 from item_index x where x.kind = i.kind and x.number = i.number and x.field = 'name')`,
  'items with two names in the index': `select count(*) as broken from (select kind, number from item_index
    where field = 'name' group by kind, number having count(*) > 1) x`,
  ...Object.fromEntries(
    parts.map((table) => [
      `rows of ${table} without their item`,
      `select count(*) as broken from ${table} t where not exists
        (select 1 from items i where i.kind = t.kind and i.number = t.number)`,
    ]),
  ),
  'items whose revision is not what the audit tells of': `select count(*) as broken from items i left join
    (select target, count(*) as told from audit_entries
      where event in (${eventsOfRevisions.map((event) => `'item.${event}'`).join()}) group by target) a
    on a.target = i.kind || ':' || i.number where a.told is null or a.told <> i.revision`,
  'creations that the audit tells of and nobody finds': `select count(*) as broken from audit_entries e
    where e.event = 'item.created' and not exists
    (select 1 from items i where i.kind || ':' || i.number = e.target)`,
  'lanes that do not end where their head says': `select count(*) as broken from audit_lanes l left join
    (select lane, max(sequence) as latest, count(*) as entries from audit_entries group by lane) e on e.lane = l.lane
    where coalesce(e.latest, 0) <> l.sequence or coalesce(e.entries, 0) <> l.sequence`,
};

export async function mustHoldRules(store: StoreByHand): Promise<void> {
  for (const [what, query] of Object.entries(rules)) {
    const { broken } = await store.one(query);
    mustHold(Number(broken) === 0, `${broken} ${what}`);
  }
}

const atOnce = 500;

/** The audit has an entry for each answer that arrived. */
export async function mustBeRecorded(store: StoreByHand, known: Known): Promise<void> {
  const waiting = [...known.answered];
  for (let from = 0; from < waiting.length; from += atOnce) {
    const some = new Map(waiting.slice(from, from + atOnce));
    const marks = Array.from(some, () => '?').join();
    const rows = await store.all(
      `select distinct request_id from audit_entries where request_id in (${marks})`,
      ...some.keys(),
    );
    for (const { request_id: id } of rows) some.delete(String(id));
    const [missing] = some.values();
    mustHold(missing === undefined, `the audit has no entry for ${missing}`);
  }
  known.counts['answers found in the audit'] = (known.counts['answers found in the audit'] ?? 0) + waiting.length;
  known.answered.clear();
}

/** A server that was killed leaves sessions in PostgreSQL that may still be committing what it sent last. */
export async function untilAlone(store: StoreByHand, isPostgres: boolean): Promise<void> {
  if (!isPostgres) return;
  const left = `select count(*) as sessions from pg_stat_activity where application_name = 'arca' and datname = current_database()`;
  while (Number((await store.one(left)).sessions) > 0) await sleep(10);
}

import { mustMay } from '../../domain/access.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { beginExport, goesOn } from './export.ts';
import { type AuditPage, type FoundEntry, pageOf } from './search.ts';
import { type AuditFilters, planOf } from './search-plan.ts';

const atOnce = 500;

/** Everything that a search finds, newest first, slice by slice; the export itself is recorded, with its filters. */
export async function* exportSearch(ctx: Context, filters: AuditFilters): AsyncGenerator<FoundEntry[]> {
  const { item, ...texts } = filters;
  const given = Object.entries({ ...texts, item: item && `${item.kind}:${item.number}` }).filter(([, text]) => text);
  const details = { format: 'csv', filters: given.map(([name, text]) => `${name}=${text}`) };
  await beginExport(ctx, details, (tx, caller) => planOf(tx, caller, filters));
  const read = (cursor: string | null): Promise<AuditPage> =>
    actReading(ctx, { action: 'audit.export', target: null }, (tx, caller) => {
      mustMay(goesOn['audit.export'], caller);
      return pageOf(tx, caller, { ...filters, limit: atOnce, cursor });
    });
  for (let page = await read(null); ; page = await read(page.next)) {
    yield page.entries;
    if (page.next === null) return;
  }
}

import type { ReadTx } from './transaction.ts';

/** The store's own time in milliseconds since 1970; null for the embedded store, which has none of its own. */
export async function storeClock({ on }: ReadTx): Promise<number | null> {
  if (on.engine === 'sqlite') {
    await on.first('select count(*) as safes from safe', []);
    return null;
  }
  const row = await on.first('select (extract(epoch from clock_timestamp()) * 1000)::bigint as now', []);
  return row?.now as number;
}

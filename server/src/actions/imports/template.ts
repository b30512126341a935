import { mustMay } from '../../domain/access.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';

/** An empty workbook of ours, to be filled in and imported. */
export async function importTemplate(ctx: Context): Promise<Uint8Array> {
  await actReading(ctx, { action: 'import.list', target: null }, async (_tx, caller) => mustMay('import.list', caller));
  return ctx.safe.files.write({ file: 'template' });
}

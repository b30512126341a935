import { mustBePerson, mustMay } from '../../domain/access.ts';
import type { Import } from '../../domain/import.ts';
import { listImports } from '../../storage/imports.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';

/** The caller's own imports, newest first; `before` is the id that a page goes on from. */
export function listOwnImports(ctx: Context, input: { before: number | null; most: number }): Promise<Import[]> {
  return actReading(ctx, { action: 'import.list', target: null }, async (tx, caller) => {
    mustMay('import.list', caller);
    const before = input.before ?? Number.MAX_SAFE_INTEGER;
    return listImports(tx, mustBePerson(caller).user.id, before, input.most);
  });
}

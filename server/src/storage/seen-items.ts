import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Whether an item is there for anybody: an import makes its items unseen, and all are seen at once when its own row says
 * so. Few imports are unseen at any time, and most items come from none: the list of them is read only where one does.
 */
export function isSeen<TB extends keyof Tables>(item: ExpressionBuilder<Tables, TB | 'items'>): Expression<SqlBool> {
  const items = item as unknown as ExpressionBuilder<Tables, 'items'>;
  return items.or([
    items('items.import_id', 'is', null),
    items(
      'items.import_id',
      'not in',
      items.selectFrom('imports').select('imports.id').where('imports.unseen', '=', 1),
    ),
  ]);
}

// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot leave out the rows that are not in sight
// biome-ignore-all lint/a11y/useFocusableInteractive: a row and the controls in it take the focus, not its cells

import { ArrowDown, ArrowUp } from 'lucide-react';
import { useWords } from '../../text/use-words.ts';
import { Checkbox } from '../checkbox.tsx';
import type { Column, Sort } from './column.ts';
import styles from './data-table.module.css';

type TableHeadProps<Row> = {
  columns: Column<Row>[];
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
  hasSelection: boolean;
  isAllSelected: boolean;
  isSomeSelected: boolean;
  onSelectAll: (isAll: boolean) => void;
  hasMenu: boolean;
};

/** Stays in sight while the rows scroll. */
export function TableHead<Row>(props: TableHeadProps<Row>) {
  const { columns, sort, onSort, hasSelection, isAllSelected, isSomeSelected, onSelectAll, hasMenu } = props;
  const words = useWords();
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.headRow}>
        {hasSelection && (
          <div role="columnheader" className={styles.select}>
            <Checkbox
              aria-label={words('ui.table.selectAll')}
              isSelected={isAllSelected}
              isIndeterminate={isSomeSelected && !isAllSelected}
              onChange={onSelectAll}
            />
          </div>
        )}
        {columns.map((column) => (
          <div
            key={column.id}
            role="columnheader"
            aria-sort={column.isSortable ? (sort?.column === column.id ? sort.direction : 'none') : undefined}
            data-numeric={column.isNumeric || undefined}
            className={styles.headCell}
          >
            {column.isSortable && onSort ? (
              <button type="button" className={styles.sort} onClick={() => onSort(turned(column.id, sort))}>
                {column.label}
                {sort?.column === column.id &&
                  (sort.direction === 'ascending' ? <ArrowUp size={14} /> : <ArrowDown size={14} />)}
              </button>
            ) : (
              column.label
            )}
          </div>
        ))}
        {hasMenu && (
          <div role="columnheader" className={styles.menu}>
            <span className="unseen">{words('ui.table.actions')}</span>
          </div>
        )}
      </div>
    </div>
  );
}

/** The same column again turns the direction. */
export function turned(column: string, sort: Sort | undefined): Sort {
  const isAgain = sort?.column === column && sort.direction === 'ascending';
  return { column, direction: isAgain ? 'descending' : 'ascending' };
}

// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot leave out the rows that are not in sight
// biome-ignore-all lint/a11y/useFocusableInteractive: a row and the controls in it take the focus, not its cells

import { type MouseEvent, memo } from 'react';
import { useWords } from '../../text/use-words.ts';
import { PlainCheckbox } from '../checkbox.tsx';
import type { MenuEntry } from '../menu.tsx';
import type { Column } from './column.ts';
import styles from './data-table.module.css';
import { RowMenu } from './row-menu.tsx';

type TableRowProps<Row> = {
  row: Row;
  id: string;
  index: number;
  /** In px from the first row. */
  top: number;
  columns: Column<Row>[];
  nameOf: (row: Row) => string;
  /** Has the focus when the table has it; only its controls are reached by Tab. */
  isCurrent: boolean;
  isOpen: boolean;
  isDimmed: boolean;
  isSelected: boolean | undefined;
  onSelect: ((id: string) => void) | undefined;
  onOpen: ((row: Row) => void) | undefined;
  onCurrent: (index: number) => void;
  entriesOf: ((row: Row) => MenuEntry[]) | undefined;
};

const control = 'a, button, input, label, [role="checkbox"]';

function Row<Row>(props: TableRowProps<Row>) {
  const { row, id, index, columns, isCurrent, isSelected, onSelect, onOpen, entriesOf } = props;
  const words = useWords();
  const name = props.nameOf(row);
  const press = (event: MouseEvent) => {
    if ((event.target as Element).closest(control) === null) onOpen?.(row);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the table handles the keys, in use-row-keys.ts
    <div
      role="row"
      tabIndex={isCurrent ? 0 : -1}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-current={props.isOpen || undefined}
      data-dimmed={props.isDimmed || undefined}
      data-index={index}
      className={styles.row}
      // Moved by a transform, each row has a place of its own in what the browser paints: a quarter more for each frame.
      style={{ insetBlockStart: props.top }}
      onClick={press}
      onFocus={() => props.onCurrent(index)}
    >
      {onSelect && (
        <div role="gridcell" className={styles.select}>
          <PlainCheckbox
            label={words('ui.table.select', { name })}
            isSelected={isSelected ?? false}
            isInTabOrder={isCurrent}
            onChange={() => onSelect(id)}
          />
        </div>
      )}
      {columns.map((column) => (
        <div
          key={column.id}
          role={column.isFixed ? 'rowheader' : 'gridcell'}
          data-card={column.card}
          data-numeric={column.isNumeric || undefined}
          className={styles.cell}
        >
          {column.cell(row)}
        </div>
      ))}
      {entriesOf && (
        <div role="gridcell" className={styles.menu}>
          <RowMenu
            label={`${words('ui.table.actions')}: ${name}`}
            groupsOf={() => groupsOf(entriesOf(row))}
            isInTabOrder={isCurrent}
          />
        </div>
      )}
    </div>
  );
}

function groupsOf(entries: MenuEntry[]) {
  return [
    { entries: entries.filter(({ isDangerous }) => !isDangerous) },
    { entries: entries.filter(({ isDangerous }) => isDangerous) },
  ];
}

export const TableRow = memo(Row) as typeof Row;

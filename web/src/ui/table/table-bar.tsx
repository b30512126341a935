// biome-ignore-all lint/a11y/useSemanticElements: a group of acts, not of fields

import { ArrowDownUp, Columns3, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { announce } from '../announce.ts';
import { Button, IconButton } from '../button.tsx';
import { Checkbox } from '../checkbox.tsx';
import { Menu } from '../menu.tsx';
import { Popover } from '../popover.tsx';
import type { Column } from './column.ts';
import styles from './data-table.module.css';
import { turned } from './table-head.tsx';
import type { DataTableProps } from './table-props.ts';

/** Above the rows: how many there are and which columns; while some are selected, what can be done with them. */
export function TableBar<Row>(props: DataTableProps<Row> & { chosen: Column<Row>[] }) {
  const { rows, total = rows.length, columns, chosen, sort, onSort, selected, onSelect, onShow, isLoading } = props;
  const words = useWords();
  const formats = useFormats();
  const count = selected?.size ?? 0;
  const before = useRef(count);
  useEffect(() => {
    if (before.current !== count) announce(words('ui.table.selected', { count }));
    before.current = count;
  }, [count, words]);
  if (count > 0)
    return (
      <div role="group" aria-label={words('ui.table.selected', { count })} className={styles.selectionBar}>
        <IconButton isSmall icon={X} label={words('ui.table.clear')} onPress={() => onSelect?.(new Set())} />
        <strong>{words('ui.table.selected', { count })}</strong>
        <span className={styles.selectionActions}>{props.selectionActions}</span>
      </div>
    );
  const sortable = columns.filter(({ isSortable }) => isSortable);
  return (
    <div className={styles.bar}>
      <span>
        {isLoading && rows.length === 0
          ? ''
          : total === Infinity
            ? words('ui.table.rows', { count: rows.length, formatted: `${formats.number(rows.length)}+` })
            : words('ui.table.rows', { count: total, formatted: formats.number(total) })}
      </span>
      <span className={styles.tools}>
        {onSort && sortable.length > 0 && (
          <span className={styles.sortMenu}>
            <Menu
              label={words('ui.table.sortBy')}
              trigger={
                <Button isSmall variant="quiet" icon={ArrowDownUp}>
                  {columns.find(({ id }) => id === sort?.column)?.label ?? words('ui.table.sortBy')}
                </Button>
              }
              groups={[
                {
                  heading: words('ui.table.sortBy'),
                  entries: sortable.map(({ id, label }) => ({
                    id,
                    label,
                    note: id === sort?.column ? words(`ui.table.${sort.direction}`) : undefined,
                    onAction: () => onSort(turned(id, sort)),
                  })),
                },
              ]}
            />
          </span>
        )}
        {onShow && (
          <span className={styles.columnChoice}>
            <Popover
              label={words('ui.table.columns')}
              placement="bottom end"
              trigger={
                <Button isSmall variant="quiet" icon={Columns3}>
                  {words('ui.table.columns')}
                </Button>
              }
            >
              {columns.map((column) => (
                <Checkbox
                  key={column.id}
                  isDisabled={column.isFixed}
                  isSelected={chosen.includes(column)}
                  onChange={(isOn) =>
                    onShow(columns.filter((one) => (one === column ? isOn : chosen.includes(one))).map(({ id }) => id))
                  }
                >
                  {column.label}
                </Checkbox>
              ))}
            </Popover>
          </span>
        )}
      </span>
    </div>
  );
}

// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot leave out the rows that are not in sight
// biome-ignore-all lint/a11y/useFocusableInteractive: a row and the controls in it take the focus, not its cells

import { type CSSProperties, useCallback, useEffect, useRef, useState } from 'react';
import { Loading, SkeletonLine } from '../skeleton.tsx';
import { type Column, fitting } from './column.ts';
import styles from './data-table.module.css';
import { TableBar } from './table-bar.tsx';
import { TableHead } from './table-head.tsx';
import type { DataTableProps } from './table-props.ts';
import { TableRow } from './table-row.tsx';
import { useRowKeys } from './use-row-keys.ts';
import { useRowsInView } from './use-rows-in-view.ts';

const boxWidth = 2.5; // rem
const menuWidth = 3;
const cardsUpTo = 40; // rem, as in the style sheet
const nearEnd = 100; // rows: enough to read the next page while one scrolls on

/**
 * Rows of one height, of which only those in sight are in the page. j, k, arrows, Home and End move; Enter opens; x
 * selects. In a narrow place the rows are cards. It fills the height it is given and scrolls inside.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, columns, idOf, shown, sort, onSort, selected, onSelect, onOpen, isLoading = false } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const { height, width, from, to, scrollTo } = useRowsInView(scroller, rows.length, isLoading);
  const { total = rows.length, onNearEnd } = props;
  const isNearEnd = rows.length > 0 && rows.length < total && to + nearEnd > rows.length;
  useEffect(() => {
    if (isNearEnd && rows.length > 0) onNearEnd?.();
  }, [isNearEnd, rows.length, onNearEnd]);
  const hasSelection = selected !== undefined && onSelect !== undefined;
  const chosen = columns.filter(({ id, isFixed }) => isFixed || shown === undefined || shown.includes(id));
  const beside = (hasSelection ? boxWidth : 0) + (props.entriesOf ? menuWidth : 0) + 1.5;
  const isCards = width / rem() <= cardsUpTo;
  const visible = isCards ? chosen.filter(isOnCard) : fitting(chosen, width / rem() - beside);
  const select = useCallback(
    (id: string) => {
      if (selected === undefined || onSelect === undefined) return;
      const next = new Set(selected);
      if (!next.delete(id)) next.add(id);
      onSelect(next);
    },
    [selected, onSelect],
  );
  const at = Math.min(current, Math.max(0, rows.length - 1));
  const isThere = rows.length > 0;
  const rowsNow = useRef(rows);
  rowsNow.current = rows;
  // What is open is where keys go on from, also where the page began with it.
  useEffect(() => {
    const opened = isThere ? rowsNow.current.findIndex((row) => idOf(row) === props.openId) : -1;
    if (opened >= 0) setCurrent(opened);
  }, [props.openId, isThere, idOf]);
  useRowKeys({
    scroller,
    count: rows.length,
    current: at,
    pageSize: to - from,
    move: (next) => {
      setCurrent(next);
      scrollTo(next);
    },
    act: (key) => {
      const row = rows[at];
      if (row === undefined) return false;
      if (key === 'Enter' && onOpen) onOpen(row);
      else if (key === 'x' && hasSelection) select(idOf(row));
      else if (key === 'Escape' && selected?.size) onSelect?.(new Set());
      else if (props.keys?.[key]) props.keys[key](row);
      else return false;
      return true;
    },
  });
  if (rows.length === 0 && !isLoading) return <div className={styles.frame}>{props.empty}</div>;

  const inView = [...new Set([...range(from, to), at])].filter((index) => index < rows.length).sort((a, b) => a - b);
  return (
    <div className={styles.frame} style={layoutOf(visible, beside, hasSelection, props.entriesOf !== undefined)}>
      <TableBar {...props} chosen={chosen} />
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={total === Infinity ? -1 : total + 1}
        aria-multiselectable={hasSelection || undefined}
        aria-busy={isLoading}
        className={styles.scroller}
      >
        <TableHead
          columns={visible}
          sort={sort}
          onSort={onSort}
          hasSelection={hasSelection}
          isAllSelected={rows.length > 0 && selected?.size === rows.length}
          isSomeSelected={(selected?.size ?? 0) > 0}
          onSelectAll={(isAll) => onSelect?.(new Set(isAll ? rows.map(idOf) : []))}
          hasMenu={props.entriesOf !== undefined}
        />
        {rows.length === 0 ? (
          <SkeletonRows count={visible.length} />
        ) : (
          <div role="rowgroup" className={styles.body} style={{ blockSize: rows.length * height }}>
            {inView.map((index) => {
              const row = rows[index] as Row;
              const id = idOf(row);
              return (
                <TableRow
                  key={id}
                  row={row}
                  id={id}
                  index={index}
                  top={index * height}
                  columns={visible}
                  nameOf={props.nameOf}
                  isCurrent={index === at}
                  isOpen={id === props.openId}
                  isDimmed={props.isDimmed?.(row) ?? false}
                  isSelected={hasSelection ? selected.has(id) : undefined}
                  onSelect={hasSelection ? select : undefined}
                  onOpen={onOpen}
                  onCurrent={setCurrent}
                  entriesOf={props.entriesOf}
                />
              );
            })}
          </div>
        )}
      </div>
    </div>
  );
}

function SkeletonRows({ count }: { count: number }) {
  return (
    <div role="rowgroup">
      {range(0, 8).map((index) => (
        <div key={index} role="row" className={styles.ghost}>
          <div role="gridcell" className={styles.ghostCell}>
            {index === 0 ? (
              <Loading>
                <SkeletonLine width={62} />
              </Loading>
            ) : (
              <SkeletonLine width={40 + ((index * 17) % 45)} />
            )}
          </div>
          {range(1, count).map((cell) => (
            <div key={cell} className={styles.ghostCell}>
              <SkeletonLine width={35 + ((index * 23 + cell * 31) % 50)} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function layoutOf<Row>(columns: Column<Row>[], beside: number, hasSelection: boolean, hasMenu: boolean): CSSProperties {
  const tracks = columns.map(({ minWidth, grow = 1 }) =>
    grow === 0 ? `${minWidth}rem` : `minmax(${minWidth}rem, ${grow}fr)`,
  );
  const least = columns.reduce((sum, { minWidth }) => sum + minWidth, beside);
  return {
    '--columns': [hasSelection && `${boxWidth}rem`, ...tracks, hasMenu && `${menuWidth}rem`].filter(Boolean).join(' '),
    '--least-width': `${least}rem`,
  } as CSSProperties;
}

function rem(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

function isOnCard<Row>({ isFixed, card }: Column<Row>): boolean {
  return isFixed === true || card !== undefined;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
}

import type { ReactNode } from 'react';
import type { MenuEntry } from '../menu.tsx';
import type { Column, Sort } from './column.ts';

export type DataTableProps<Row> = {
  label: string;
  rows: readonly Row[];
  /** How many there are when only the first of them are in `rows`; Infinity when there are more and nobody counted. */
  total?: number;
  /** The last rows are nearly in sight: time to read more. May be called again until they are there. */
  onNearEnd?: () => void;
  /** Stable across renders, as `idOf` and the cells are: rows are drawn again only when theirs change. */
  columns: Column<Row>[];
  idOf: (row: Row) => string;
  /** How screen readers name the row's box and menu. */
  nameOf: (row: Row) => string;
  /** Of the columns, in their order; all when not given. */
  shown?: string[];
  onShow?: (columns: string[]) => void;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  selected?: ReadonlySet<string>;
  onSelect?: (selected: ReadonlySet<string>) => void;
  /** What can be done with the selected rows. */
  selectionActions?: ReactNode;
  /** The menu of a row. */
  entriesOf?: (row: Row) => MenuEntry[];
  /** A press or Enter. */
  onOpen?: (row: Row) => void;
  /** The row that is open beside the table. */
  openId?: string;
  /** More keys for the current row, as in `{ c: copyPassword }`. */
  keys?: Record<string, (row: Row) => void>;
  isDimmed?: (row: Row) => boolean;
  /** Shows grey rows while there are none yet. */
  isLoading?: boolean;
  /** Shown instead of rows when there are none. */
  empty: ReactNode;
};

import type { ReactNode } from 'react';

export type Column<Row> = {
  id: string;
  label: string;
  cell: (row: Row) => ReactNode;
  /** In rem; what is left over is shared among the columns by `grow` (1 when not given). */
  minWidth: number;
  grow?: number;
  isSortable?: boolean;
  /** Numbers and times stand at the end of their column. */
  isNumeric?: boolean;
  /** Cannot be hidden: what names the row. */
  isFixed?: boolean;
  /** Where it stands when the rows are cards: `title` above, `line` in the line below, else nowhere. */
  card?: 'title' | 'line' | 'side';
};

/** Without those that would not fit into `width` rem: first go the last of those that a card does not show either. */
export function fitting<Row>(columns: Column<Row>[], width: number): Column<Row>[] {
  const least = columns.reduce((sum, { minWidth }) => sum + minWidth, 0);
  if (least <= width) return columns;
  const last =
    columns.findLast(({ isFixed, card }) => !isFixed && card === undefined) ??
    columns.findLast(({ isFixed }) => !isFixed);
  return last === undefined
    ? columns
    : fitting(
        columns.filter((column) => column !== last),
        width,
      );
}

export type Sort = { column: string; direction: 'ascending' | 'descending' };

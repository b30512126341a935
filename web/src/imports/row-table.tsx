import type { ImportRow } from '@arca/sdk';
import { SearchX } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Badge } from '../ui/badge.tsx';
import type { Tone } from '../ui/banner.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import type { Column } from '../ui/table/column.ts';
import { DataTable } from '../ui/table/data-table.tsx';
import styles from './imports.module.css';
import { RowDialog } from './row-dialog.tsx';
import { useSayings } from './use-sayings.ts';

type RowTableProps = {
  rows: readonly ImportRow[];
  isLoading: boolean;
  hasMore: boolean;
  onNearEnd: () => void;
  /** They were kept for a day. */
  isGone: boolean;
};

const tones: Record<ImportRow['verdict'], Tone | 'accent'> = {
  new: 'accent',
  same: 'neutral',
  changed: 'warning',
  rejected: 'danger',
};
const idOf = ({ place }: ImportRow) => String(place);
const nameOf = ({ name }: ImportRow) => name;

/** Rows of a plan with their reasons; all that is said of one is shown when it is opened. */
export function RowTable({ rows, isLoading, hasMore, onNearEnd, isGone }: RowTableProps) {
  const words = useWords();
  const columns = useRowColumns();
  const [open, setOpen] = useState<ImportRow>();
  const none = isGone ? 'imports.rowsGone' : 'imports.noRows';
  return (
    <div className={styles.rows}>
      <DataTable
        label={words('imports.rows')}
        rows={rows}
        total={hasMore ? Infinity : rows.length}
        onNearEnd={onNearEnd}
        columns={columns}
        idOf={idOf}
        nameOf={nameOf}
        onOpen={setOpen}
        isLoading={isLoading}
        empty={<EmptyState icon={SearchX} title={words(`${none}.title`)} text={words(`${none}.text`)} level={3} />}
      />
      {open && <RowDialog row={open} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

function useRowColumns(): Column<ImportRow>[] {
  const words = useWords();
  const formats = useFormats();
  const say = useSayings();
  return useMemo(
    () => [
      {
        id: 'line',
        label: words('imports.columns.line'),
        minWidth: 4,
        grow: 0,
        isNumeric: true,
        cell: ({ line }) => formats.number(line),
      },
      {
        id: 'name',
        label: words('imports.columns.name'),
        minWidth: 9,
        isFixed: true,
        card: 'title',
        cell: ({ name }) => name,
      },
      {
        id: 'kind',
        label: words('imports.columns.kind'),
        minWidth: 6,
        grow: 0.3,
        cell: ({ kind }) => words(`items.kinds.${kind}.one`),
      },
      {
        id: 'verdict',
        label: words('imports.columns.verdict'),
        minWidth: 6.5,
        grow: 0,
        card: 'line',
        cell: ({ verdict }) => <Badge tone={tones[verdict]}>{words(`imports.verdict.${verdict}`)}</Badge>,
      },
      {
        id: 'outcome',
        label: words('imports.columns.outcome'),
        minWidth: 6,
        grow: 0,
        cell: ({ outcome }) => outcome !== null && words(`imports.outcomes.${outcome}`),
      },
      {
        id: 'why',
        label: words('imports.columns.why'),
        minWidth: 10,
        grow: 2,
        card: 'line',
        cell: ({ reason, remarks }) => (
          <span className={styles.why}>{[...(reason === null ? [] : [reason]), ...remarks].map(say).join('; ')}</span>
        ),
      },
    ],
    [words, formats, say],
  );
}

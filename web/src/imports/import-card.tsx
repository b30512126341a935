import type { Import } from '@arca/sdk';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { arca } from '../api/arca.ts';
import { ProblemPage } from '../api/problem-page.tsx';
import { useProblemWords } from '../api/problem-words.ts';
import { queries } from '../api/queries.ts';
import { keyOf } from '../api/query-keys.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Progress } from '../ui/progress.tsx';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { showToast } from '../ui/toast.tsx';
import styles from './imports.module.css';
import { RowTable } from './row-table.tsx';

const lookEvery = 500;
const verdicts = ['all', 'new', 'changed', 'same', 'rejected'] as const;
type Filter = (typeof verdicts)[number];

/** One import: what its plan says of each row, how far it has come, and what can be done with it. */
export function ImportCard({ id, onDiscarded }: { id: number; onDiscarded: () => void }) {
  const words = useWords();
  const explain = useProblemWords();
  const [filter, setFilter] = useState<Filter>('all');
  const [updates, setUpdates] = useState(true);
  const [isUndoing, setUndoing] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: keyOf('imports', 'read', { id }),
    queryFn: ({ signal }) => arca.imports.read({ id }, { signal }),
    refetchInterval: ({ state }) => (isBusy(state.data?.status) ? lookEvery : false),
  });
  const rows = useInfiniteQuery({
    queryKey: keyOf('imports', 'rows', { id, filter }),
    queryFn: ({ pageParam, signal }) =>
      arca.imports.rows({ id, after: pageParam, ...(filter === 'all' ? {} : { verdict: filter }) }, { signal }),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = rows;
  const readMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const found = useMemo(() => rows.data?.pages.flatMap((page) => page.rows) ?? [], [rows.data]);
  const status = data?.status;
  useEffect(() => {
    // What became of the rows, and what else is there now, once it has come to its end.
    if (status === undefined || isBusy(status)) return;
    void queries.invalidateQueries({ queryKey: keyOf('imports', 'rows', { id }) });
    void queries.invalidateQueries({ queryKey: keyOf('imports', 'list') });
    void queries.invalidateQueries({ queryKey: keyOf('items') });
  }, [status, id]);
  const place = useRef<HTMLDivElement>(null);
  const isThere = data !== undefined;
  // It stands below what one has just pressed: on a phone out of sight.
  useEffect(() => {
    if (isThere) place.current?.focus();
  }, [isThere]);
  if (data === undefined) return error === null ? null : <ProblemPage error={error} onRetry={() => void refetch()} />;
  const begin = async (verb: 'apply' | 'undo') => {
    if (verb === 'apply') await arca.imports.apply({ id, updates });
    else await arca.imports.undo({ id });
    await refetch();
  };
  const apply = async () => {
    try {
      await begin('apply');
    } catch (thrown) {
      showToast({ tone: 'danger', text: explain(thrown).whole });
    }
  };
  const discard = async () => {
    try {
      await arca.imports.discard({ id });
    } catch (thrown) {
      return showToast({ tone: 'danger', text: explain(thrown).whole });
    }
    onDiscarded();
    queries.removeQueries({ queryKey: keyOf('imports', 'read', { id }) });
    await queries.invalidateQueries({ queryKey: keyOf('imports', 'list') });
    showToast({ tone: 'success', text: words('imports.discarded') });
  };
  const { counts, outcomes } = data;
  return (
    <div ref={place} tabIndex={-1} className={styles.opened}>
      <Card
        title={data.file === '' ? words(`imports.formats.${data.format}`) : data.file}
        actions={
          <Badge tone={data.status === 'failed' ? 'danger' : 'neutral'}>{words(`imports.status.${data.status}`)}</Badge>
        }
      >
        <div className={styles.stack}>
          <p>
            {words(`imports.formats.${data.format}`)}: {words('imports.counts', { ...counts, fresh: counts.new })}
          </p>
          {data.receipt !== null && <ReceiptLines receipt={data.receipt} />}
          {isBusy(data.status) && (
            <Progress
              label={words(data.status === 'undoing' ? 'imports.undoing' : 'imports.applying')}
              done={data.done}
              total={Math.max(1, data.total)}
            />
          )}
          {data.endedAt !== null && <p>{words('imports.outcome', outcomes)}</p>}
          {data.status === 'waiting' && counts.changed > 0 && (
            <Checkbox isSelected={updates} onChange={setUpdates}>
              {words('imports.updates')}
            </Checkbox>
          )}
          <div className={styles.line}>
            {data.status === 'waiting' && (
              <>
                <Button variant="primary" onPress={() => void apply()}>
                  {words('imports.apply')}
                </Button>
                <Button onPress={() => void discard()}>{words('imports.discard')}</Button>
              </>
            )}
            {data.status === 'finished' && <Button onPress={() => setUndoing(true)}>{words('imports.undo')}</Button>}
            <Button onPress={() => follow(`/api/v1/imports/${id}/log`)}>{words('imports.log')}</Button>
          </div>
          <SegmentedControl<Filter>
            label={words('imports.which')}
            value={filter}
            onChange={setFilter}
            options={verdicts.map((one) => ({ id: one, label: words(`imports.verdicts.${one}`) }))}
          />
          <RowTable
            rows={found}
            isLoading={rows.isPending}
            hasMore={rows.hasNextPage}
            onNearEnd={readMore}
            isGone={data.status === 'expired'}
          />
        </div>
        <ConfirmDialog
          isOpen={isUndoing}
          onOpenChange={setUndoing}
          title={words('imports.undoQuestion')}
          text={words('imports.undoText')}
          confirmLabel={words('imports.undo')}
          isDangerous
          explain={(thrown) => explain(thrown).whole}
          onConfirm={() => begin('undo')}
        />
      </Card>
    </div>
  );
}

/** What came from where, and the digest that says the same of it at any time. */
function ReceiptLines({ receipt }: { receipt: NonNullable<Import['receipt']> }) {
  const words = useWords();
  const formats = useFormats();
  const counts = (['password', 'note', 'api-secret'] as const)
    .filter((kind) => receipt.counts[kind] !== undefined)
    .map((kind) => `${words(`items.kinds.${kind}.many`)}: ${formats.number(receipt.counts[kind] ?? 0)}`);
  return (
    <p className={styles.soft}>
      {words('imports.received', { from: receipt.from, counts: formats.list(counts) })}
      <br />
      {words('imports.digest')} <code className={styles.digest}>{receipt.digest}</code>
    </p>
  );
}

function isBusy(status: string | undefined): boolean {
  return status === 'applying' || status === 'undoing';
}

function follow(path: string): void {
  const link = document.createElement('a');
  link.href = path;
  link.download = '';
  link.click();
}

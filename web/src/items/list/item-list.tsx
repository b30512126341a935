import type { Item } from '@arca/sdk';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { ProblemPage } from '../../api/problem-page.tsx';
import { useSession } from '../../session/use-session.ts';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { ahead } from '../../ui/ahead.tsx';
import type { Sort } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { useColumnChoice } from '../../ui/table/use-column-choice.ts';
import { listOf } from '../item-queries.ts';
import { type ItemName, idOf, type Kind } from '../kinds.ts';
import { useItemActs } from '../use-item-acts.ts';
import { isFiltered, type ListAddress, type SortName } from './address.ts';
import { columnsOf, firstColumns } from './columns.tsx';
import { EmptyList } from './empty-list.tsx';
import { entriesFor } from './row-entries.ts';
import { SelectionActions } from './selection-actions.tsx';
import type { Wish } from './selection-dialogs.tsx';

const SelectionDialogs = ahead(() => import('./selection-dialogs.tsx').then((file) => file.SelectionDialogs));

type ItemListProps = {
  /** Undefined for all kinds together. */
  kind?: Kind;
  address: ListAddress;
  onChange: (address: ListAddress) => void;
  /** The item that is open beside the list. */
  open?: ItemName;
  /** A new one is being made beside it. */
  isMaking?: boolean;
};

const isDimmed = (item: Item) => !item.enabled;
const nameOf = (item: Item) => item.name;

export function ItemList({ kind, address, onChange, open, isMaking }: ItemListProps) {
  const words = useWords();
  const formats = useFormats();
  const { user } = useSession();
  const acts = useItemActs();
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    listOf({ kind, ...address }),
  );
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const columns = useMemo(
    () => columnsOf({ words, formats, me: user.username }, kind),
    [words, formats, user.username, kind],
  );
  const [shown, setShown] = useColumnChoice(`items.${kind ?? 'all'}`, firstColumns);
  const [wish, setWish] = useState<Wish>();
  const { selected, setSelected, chosen } = useSelection(rows, address);
  const readMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const entriesOf = useCallback((item: Item) => entriesFor(item, acts, words), [acts, words]);
  const keys = useMemo(() => {
    // While no row has the focus, keys mean the item that is open, not the row where the focus last was.
    const meant = (row: Item) =>
      document.activeElement?.closest('[role="row"]') || open === undefined
        ? row
        : (rows.find((item) => idOf(item) === idOf(open)) ?? null);
    const on = (act: (item: Item) => void) => (row: Item) => {
      const item = meant(row);
      if (item !== null) act(item);
    };
    const { copySecret, copyUser, openUrl, edit } = acts;
    return { c: on(copySecret), u: on(copyUser), o: on(openUrl), e: on(edit) };
  }, [acts, rows, open]);
  if (error !== null && data === undefined) return <ProblemPage error={error} onRetry={() => void refetch()} />;
  const endWish = (isBegun: boolean) => {
    setWish(undefined);
    if (isBegun) setSelected(new Set());
  };
  return (
    <>
      <DataTable
        label={words(kind === undefined ? 'items.all' : `items.kinds.${kind}.many`)}
        rows={rows}
        total={data?.pages.at(-1)?.total}
        onNearEnd={readMore}
        columns={columns}
        idOf={idOf}
        nameOf={nameOf}
        shown={shown}
        onShow={setShown}
        sort={sortOf(address.sort)}
        onSort={(sort) => onChange({ ...address, sort: sortNameOf(sort) })}
        selected={selected}
        onSelect={setSelected}
        selectionActions={<SelectionActions items={chosen} onAct={(verb, items) => setWish({ verb, items })} />}
        entriesOf={entriesOf}
        onOpen={acts.view}
        openId={open && idOf(open)}
        keys={keys}
        isDimmed={isDimmed}
        isLoading={isPending}
        empty={
          <EmptyList
            kind={kind}
            isMaking={isMaking}
            isFiltered={isFiltered(address)}
            onClear={() => onChange({ ...address, q: '', state: 'enabled', owner: null, tag: null })}
            onIncludeDisabled={address.state === 'enabled' ? () => onChange({ ...address, state: 'all' }) : undefined}
          />
        }
      />
      {wish && <SelectionDialogs wish={wish} onClose={endWish} />}
    </>
  );
}

/** The selected rows by their ids; those that the list no longer shows are not among the `chosen`. */
function useSelection(rows: readonly Item[], address: ListAddress) {
  const [selection, setSelection] = useState<{ of: string; ids: ReadonlySet<string> }>({ of: '', ids: new Set() });
  const of = JSON.stringify(address);
  const ids = selection.of === of ? selection.ids : none;
  const chosen = useMemo(() => (ids.size === 0 ? [] : rows.filter((item) => ids.has(idOf(item)))), [rows, ids]);
  const selected = useMemo(() => new Set(chosen.map(idOf)), [chosen]);
  const setSelected = useCallback((next: ReadonlySet<string>) => setSelection({ of, ids: next }), [of]);
  return { selected, setSelected, chosen };
}

const none: ReadonlySet<string> = new Set();

function sortOf(name: SortName): Sort {
  const isDescending = name.startsWith('-');
  return { column: isDescending ? name.slice(1) : name, direction: isDescending ? 'descending' : 'ascending' };
}

function sortNameOf({ column, direction }: Sort): SortName {
  return `${direction === 'descending' ? '-' : ''}${column}` as SortName;
}

import type { AuditEntry } from '@arca/sdk';
import { useInfiniteQuery } from '@tanstack/react-query';
import { History, RefreshCw, SearchX } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { ProblemPage } from '../api/problem-page.tsx';
import { useSession } from '../session/use-session.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ListDetail } from '../ui/list-detail.tsx';
import { useIsOnline } from '../ui/offline-banner.tsx';
import { Page } from '../ui/page-layout.tsx';
import { DataTable } from '../ui/table/data-table.tsx';
import { type AuditAddress, isSought, nothingSought, readAddress, searchOf, writeAddress } from './address.ts';
import { AuditFilters } from './audit-filters.tsx';
import styles from './audit-page.module.css';
import { entriesOf, spellEntry } from './audit-queries.ts';
import { useEntryColumns } from './entry-columns.tsx';
import { EntryDetail } from './entry-detail.tsx';
import { ExportMenu } from './export-menu.tsx';
import { OwnActs } from './own-acts.tsx';
import { useNames } from './use-names.ts';
import { textOf, useSentence } from './use-sentence.ts';

const path = '/audit';

/** Who did what, when and from where. Administrators see all of it, others what concerns them. */
export function AuditPage() {
  const words = useWords();
  const { may } = useSession();
  const { date } = useFormats();
  const [, navigate] = useLocation();
  const [params] = useSearchParams();
  const query = params.toString();
  const address = useMemo(() => readAddress(new URLSearchParams(query)), [query]);
  const opened = params.get('entry');
  const hrefOf = (next: AuditAddress, entry?: string) => {
    const text = writeAddress(next, entry === undefined ? {} : { entry }).toString();
    return text === '' ? path : `${path}?${text}`;
  };
  const change = (next: AuditAddress) => navigate(hrefOf(next));
  const search = searchOf(may.administer ? address : { ...address, user: null }, new Date());
  const list = useEntries(search);
  const names = useNames(list.entries);
  const { partsOf } = useSentence(names);
  const columns = useEntryColumns({ names, partsOf });
  const nameOf = useCallback((entry: AuditEntry) => textOf(partsOf(entry)), [partsOf]);
  const open = (entry: AuditEntry) => navigate(hrefOf(address, spellEntry(entry)));
  return (
    <ListDetail
      listHref={hrefOf(address)}
      list={
        <Page
          form="filled"
          title={words('audit.title')}
          actions={
            <>
              <IconButton icon={RefreshCw} label={words('audit.reload')} onPress={list.reload} />
              {may.administer && <ExportMenu search={search} />}
            </>
          }
          below={
            <div className={styles.below}>
              {!may.administer && <OwnActs address={address} onChange={change} />}
              <AuditFilters address={address} onChange={change} />
              {list.since !== null && (
                <p className={styles.since}>{words('audit.since', { date: date(new Date(list.since)) })}</p>
              )}
            </div>
          }
        >
          {list.hasFailed ? (
            <ProblemPage error={list.error} onRetry={list.reload} />
          ) : (
            <DataTable
              label={words('audit.title')}
              rows={list.entries}
              total={list.hasMore ? Number.POSITIVE_INFINITY : undefined}
              onNearEnd={list.readMore}
              columns={columns}
              idOf={spellEntry}
              nameOf={nameOf}
              onOpen={open}
              openId={opened ?? undefined}
              isLoading={list.isLoading}
              empty={
                <NoEntries
                  isSought={isSought(address)}
                  onShowAll={() => change(nothingSought)}
                  onSearchOn={list.hasMore ? list.searchOn : undefined}
                />
              }
            />
          )}
        </Page>
      }
      detail={
        opened === null ? undefined : (
          <EntryDetail
            key={opened}
            spelled={opened}
            item={address.item}
            known={list.entries.find((entry) => spellEntry(entry) === opened)}
          />
        )
      }
    />
  );
}

/** A search that looks into sealed details comes in pages that may be empty: so many are read before somebody is asked. */
const emptyPages = 5;

function useEntries(search: ReturnType<typeof searchOf>) {
  const isOnline = useIsOnline();
  const { data, error, isPending, hasNextPage, isFetching, isFetchingNextPage, fetchNextPage, refetch } =
    useInfiniteQuery(entriesOf(search));
  const entries = useMemo(() => data?.pages.flatMap((page) => page.entries) ?? [], [data]);
  const [patience, setPatience] = useState(emptyPages);
  const readMore = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const goesOn = entries.length === 0 && hasNextPage && (data?.pages.length ?? 0) < patience;
  useEffect(() => {
    if (goesOn) readMore();
  }, [goesOn, readMore]);
  return {
    entries,
    since: data?.pages[0]?.since ?? null,
    error,
    hasFailed: data === undefined && (error !== null || !isOnline),
    isLoading: isPending || goesOn || (isFetchingNextPage && entries.length === 0),
    hasMore: hasNextPage,
    readMore,
    searchOn: () => setPatience((data?.pages.length ?? 0) + emptyPages),
    reload: () => void refetch(),
  };
}

type NoEntriesProps = { isSought: boolean; onShowAll: () => void; onSearchOn: (() => void) | undefined };

function NoEntries({ isSought, onShowAll, onSearchOn }: NoEntriesProps) {
  const words = useWords();
  if (onSearchOn !== undefined) {
    return (
      <EmptyState
        icon={History}
        title={words('audit.far.title')}
        text={words('audit.far.text')}
        action={<Button onPress={onSearchOn}>{words('audit.far.act')}</Button>}
      />
    );
  }
  if (!isSought) {
    return <EmptyState icon={History} title={words('audit.empty.title')} text={words('audit.empty.text')} />;
  }
  return (
    <EmptyState
      icon={SearchX}
      title={words('audit.none.title')}
      text={words('audit.none.text')}
      action={<Button onPress={onShowAll}>{words('audit.none.act')}</Button>}
    />
  );
}

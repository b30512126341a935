import { useInfiniteQuery } from '@tanstack/react-query';
import { useLocation, useSearch } from 'wouter';
import { ProblemPage } from '../../api/problem-page.tsx';
import { useWords } from '../../text/use-words.ts';
import { ahead } from '../../ui/ahead.tsx';
import { Page } from '../../ui/page-layout.tsx';
import { SkeletonPage } from '../../ui/skeleton.tsx';
import { listOf } from '../item-queries.ts';
import { type ListAddress, readAddress, writeAddress } from '../list/address.ts';
import { SearchTyped } from '../list/search-typed.tsx';
import { useItemShortcuts } from '../list/use-item-shortcuts.ts';
import { NewItemLink } from '../new-item-link.tsx';
import { ReasonDialog } from '../reason-dialog.tsx';
import { FirstVisit } from './first-visit.tsx';
import styles from './home.module.css';
import { ItemCards } from './item-cards.tsx';

const ItemList = ahead(() => import('../list/item-list.tsx').then((file) => file.ItemList), {
  fallback: <SkeletonPage />,
});
const ListFilters = ahead(() => import('../list/list-filters.tsx').then((file) => file.ListFilters));

/** Search over everything; while nothing is looked for, what was used last. */
export function HomeScreen() {
  const words = useWords();
  const [, navigate] = useLocation();
  const address = readAddress(useSearch());
  const isSearching = writeAddress(address) !== '';
  const { data, error, refetch } = useInfiniteQuery(recentItems);
  useItemShortcuts();
  const change = (next: ListAddress) => navigate(`/${writeAddress(next)}`, { replace: true });
  const search = (
    <div className={styles.search}>
      <SearchTyped isLarge label={words('items.searchAll')} q={address.q} onChange={(q) => change({ ...address, q })} />
      {isSearching && <ListFilters address={address} onChange={change} />}
    </div>
  );
  const isEmpty = !isSearching && data?.pages[0]?.total === 0;
  return (
    <>
      <Page
        form={isSearching ? 'filled' : 'wide'}
        title={words(isEmpty ? 'items.first.title' : 'items.home.title')}
        lead={isEmpty ? words('items.first.lead') : undefined}
        actions={isEmpty ? undefined : <NewItemLink kind="password" />}
        below={isEmpty ? undefined : search}
      >
        {isSearching ? (
          <ItemList address={address} onChange={change} />
        ) : error !== null && data === undefined ? (
          <ProblemPage error={error} onRetry={() => void refetch()} />
        ) : isEmpty ? (
          <FirstVisit />
        ) : (
          <ItemCards items={data?.pages[0]?.items} />
        )}
      </Page>
      <ReasonDialog />
    </>
  );
}

/** Enough for a few rows of cards. */
const recentItems = listOf({ sort: '-lastUsedAt', limit: 12 });

import type { AccessKey } from '@arca/sdk';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ClipboardCheck, KeyRound, MonitorCheck, Plus, SearchX } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { ProblemPage } from '../api/problem-page.tsx';
import { useSession } from '../session/use-session.ts';
import { useWords } from '../text/use-words.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useIsOnline } from '../ui/offline-banner.tsx';
import { Page } from '../ui/page-layout.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { DataTable } from '../ui/table/data-table.tsx';
import { useColumnChoice } from '../ui/table/use-column-choice.ts';
import styles from './access-keys-page.module.css';
import { useKeyColumns } from './key-columns.tsx';
import { KeyFilters, OwnerSwitch } from './key-filters.tsx';
import { keysOf } from './key-queries.ts';
import { MayNotAdd } from './may-not-add.tsx';
import { useKeyActs } from './use-key-acts.tsx';
import { useTyped } from './use-typed.ts';

const states = ['live', 'held', 'expired', 'revoked'] as const;
const firstColumns = ['name', 'owner', 'state', 'lastUsedAt', 'lastAddress', 'uses', 'expiresAt'];
const idOf = ({ id }: AccessKey) => String(id);
const nameOf = ({ name }: AccessKey) => name;
const isDimmed = ({ state }: AccessKey) => state !== 'live';

/** A person's access keys; an administrator's look at those of everybody. */
export function AccessKeysPage() {
  const words = useWords();
  const { may } = useSession();
  const isOnline = useIsOnline();
  const [, navigate] = useLocation();
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useTyped('q');
  const owner = (may.administer && params.get('owner')) || undefined;
  const state = states.find((one) => one === params.get('state'));
  const q = params.get('q') ?? undefined;
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    keysOf({ owner, q, state }),
  );
  const rows = useMemo(() => data?.pages.flatMap(({ accessKeys }) => accessKeys) ?? [], [data]);
  const [shown, setShown] = useColumnChoice('access-keys', firstColumns);
  const { entriesOf, dialogs } = useKeyActs();
  const columns = useKeyColumns(owner === 'all');
  const readMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const open = useCallback(({ id }: AccessKey) => navigate(`/access-keys/${id}`), [navigate]);
  const isFiltered = q !== undefined || state !== undefined || owner !== undefined;
  const clear = () => {
    setTyped('');
    setParams({});
  };
  const hasFailed = data === undefined && (error !== null || !isOnline);
  return (
    <Page
      form="filled"
      title={words('accessKeys.title')}
      actions={
        <>
          <ButtonLink icon={ClipboardCheck} href={`/access-keys/report${owner ? `?owner=${owner}` : ''}`}>
            {words('accessKeys.report.open')}
          </ButtonLink>
          {may.makeKeys && (
            <ButtonLink icon={MonitorCheck} href="/device">
              {words('accessKeys.deviceSignIn.open')}
            </ButtonLink>
          )}
          {may.makeKeys && (
            <ButtonLink variant="primary" icon={Plus} href="/access-keys/new">
              {words('accessKeys.add')}
            </ButtonLink>
          )}
        </>
      }
      below={
        <div className={styles.below}>
          {!may.makeKeys && <MayNotAdd isBrief />}
          <div className={styles.tools}>
            <SearchField label={words('accessKeys.search')} value={typed} onChange={setTyped} />
            {may.administer && <OwnerSwitch />}
            <KeyFilters />
          </div>
        </div>
      }
    >
      {hasFailed ? (
        <ProblemPage error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={words('accessKeys.title')}
          rows={rows}
          total={hasNextPage ? Infinity : undefined}
          onNearEnd={readMore}
          columns={columns}
          idOf={idOf}
          nameOf={nameOf}
          shown={shown}
          onShow={setShown}
          entriesOf={entriesOf}
          onOpen={open}
          isDimmed={isDimmed}
          isLoading={isPending || (isFetchingNextPage && rows.length === 0)}
          empty={<NoKeys isFiltered={isFiltered} onClear={clear} />}
        />
      )}
      {dialogs}
    </Page>
  );
}

function NoKeys({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const words = useWords();
  const { may } = useSession();
  if (isFiltered) {
    return (
      <EmptyState
        icon={SearchX}
        title={words('accessKeys.none.title')}
        text={words('accessKeys.none.text')}
        action={<Button onPress={onClear}>{words('accessKeys.none.act')}</Button>}
      />
    );
  }
  return (
    <EmptyState
      icon={KeyRound}
      title={words('accessKeys.empty.title')}
      text={words('accessKeys.empty.text')}
      action={
        may.makeKeys && (
          <ButtonLink variant="primary" icon={Plus} href="/access-keys/new">
            {words('accessKeys.empty.act')}
          </ButtonLink>
        )
      }
    />
  );
}

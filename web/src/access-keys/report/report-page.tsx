import type { ReportedAccessKey } from '@arca/sdk';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ClipboardCheck, SearchX } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { ProblemPage } from '../../api/problem-page.tsx';
import { useSession } from '../../session/use-session.ts';
import { useWords } from '../../text/use-words.ts';
import { Breadcrumbs } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useIsOnline } from '../../ui/offline-banner.tsx';
import { Page } from '../../ui/page-layout.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import styles from '../access-keys-page.module.css';
import { OwnerSwitch } from '../key-filters.tsx';
import { type Finding, reportOf } from '../key-queries.ts';
import { useKeyActs } from '../use-key-acts.tsx';
import { useReportColumns } from './report-columns.tsx';
import { ReportFilters, readDays, readFinding } from './report-filters.tsx';

const idOf = ({ id }: ReportedAccessKey) => String(id);
const nameOf = ({ name }: ReportedAccessKey) => name;

/** Live keys that deserve a look, each with what was found of it and what can be done about it. */
export function ReportPage() {
  const words = useWords();
  const { may } = useSession();
  const isOnline = useIsOnline();
  const [, navigate] = useLocation();
  const [params, setParams] = useSearchParams();
  const owner = (may.administer && params.get('owner')) || undefined;
  const finding: Finding | undefined = readFinding(params.get('finding'));
  const days = readDays(params.get('days'));
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    reportOf({ owner, finding, days }),
  );
  const rows = useMemo(() => data?.pages.flatMap(({ accessKeys }) => accessKeys) ?? [], [data]);
  const { entriesOf, revoke, dialogs } = useKeyActs();
  const columns = useReportColumns({ hasOwners: owner !== undefined, onRevoke: revoke });
  const readMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const open = useCallback(({ id }: ReportedAccessKey) => navigate(`/access-keys/${id}`), [navigate]);
  const title = words('accessKeys.report.title');
  const hasFailed = data === undefined && (error !== null || !isOnline);
  return (
    <Page
      form="filled"
      title={title}
      lead={words('accessKeys.report.lead')}
      above={<Breadcrumbs steps={[{ label: words('accessKeys.title'), href: '/access-keys' }, { label: title }]} />}
      below={
        <div className={styles.tools}>
          {may.administer && <OwnerSwitch />}
          <ReportFilters />
        </div>
      }
    >
      {hasFailed ? (
        <ProblemPage error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={title}
          rows={rows}
          total={hasNextPage ? Infinity : undefined}
          onNearEnd={readMore}
          columns={columns}
          idOf={idOf}
          nameOf={nameOf}
          entriesOf={entriesOf}
          onOpen={open}
          isLoading={isPending || (isFetchingNextPage && rows.length === 0)}
          empty={
            finding === undefined ? (
              <EmptyState
                icon={ClipboardCheck}
                title={words('accessKeys.report.clean.title')}
                text={words('accessKeys.report.clean.text')}
              />
            ) : (
              <EmptyState
                icon={SearchX}
                title={words('accessKeys.none.title')}
                text={words('accessKeys.report.none')}
                action={<Button onPress={() => setParams({})}>{words('accessKeys.none.act')}</Button>}
              />
            )
          }
        />
      )}
      {dialogs}
    </Page>
  );
}

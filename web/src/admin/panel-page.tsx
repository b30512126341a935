import { useQuery } from '@tanstack/react-query';
import { arca } from '../api/arca.ts';
import { ProblemPage } from '../api/problem-page.tsx';
import { keyOf } from '../api/query-keys.ts';
import { useWords } from '../text/use-words.ts';
import { Page } from '../ui/page-layout.tsx';
import { AdminOnly } from './admin-only.tsx';
import { PanelCards } from './panel-cards.tsx';
import { PanelCharts } from './panel-charts.tsx';
import { PanelSkeleton } from './panel-skeleton.tsx';
import { WaitingCard } from './waiting-card.tsx';

/** The whole safe at a glance: what waits, how much there is, and how it moves. */
export function PanelPage() {
  const words = useWords();
  return (
    <AdminOnly>
      <Page title={words('admin.panel.title')} lead={words('admin.panel.lead')}>
        <WaitingCard />
        <Numbers />
      </Page>
    </AdminOnly>
  );
}

const countedWithin = 1_000; // in ms

function Numbers() {
  const { data, error, refetch } = useQuery({
    queryKey: keyOf('statistics', 'read'),
    queryFn: ({ signal }) => arca.statistics.read({}, { signal }),
    // The passwords are counted in the background once somebody looks.
    refetchInterval: ({ state }) => (state.data?.passwords === null ? countedWithin : false),
  });
  if (data === undefined) {
    return error === null ? <PanelSkeleton /> : <ProblemPage error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <PanelCards statistics={data} />
      <PanelCharts statistics={data} />
    </>
  );
}

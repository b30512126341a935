import type { Proposal } from '@arca/sdk';
import { Handshake } from 'lucide-react';
import { ProblemPage } from '../api/problem-page.tsx';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page-layout.tsx';
import { SkeletonPage } from '../ui/skeleton.tsx';
import styles from './admin.module.css';
import { AdminOnly } from './admin-only.tsx';
import { DecidedProposal } from './decided-proposal.tsx';
import { useProposals } from './use-proposals.ts';
import { WaitingProposal } from './waiting-proposal.tsx';

/** What one administrator wishes and another one must confirm. */
export function ProposalsPage() {
  const words = useWords();
  return (
    <AdminOnly>
      <Page form="reading" title={words('admin.proposals.title')} lead={words('admin.proposals.lead')}>
        <Proposals />
      </Page>
    </AdminOnly>
  );
}

function Proposals() {
  const words = useWords();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useProposals();
  if (data === undefined) {
    return error === null ? <SkeletonPage /> : <ProblemPage error={error} onRetry={() => void refetch()} />;
  }
  const all = data.pages.flatMap(({ proposals }) => proposals);
  const waiting = all.filter(({ state }) => state === 'waiting');
  const decided = all.filter(({ state }) => state !== 'waiting');
  if (all.length === 0)
    return (
      <EmptyState
        icon={Handshake}
        title={words('admin.proposals.emptyTitle')}
        text={words('admin.proposals.emptyText')}
      />
    );
  return (
    <>
      <section className={styles.section}>
        <h2>{words('admin.proposals.waiting')}</h2>
        {waiting.length === 0 && <p className={styles.soft}>{words('admin.proposals.noneWaiting')}</p>}
        {waiting.map((proposal) => (
          <WaitingProposal key={proposal.id} proposal={proposal} />
        ))}
      </section>
      {decided.length > 0 && <Decided proposals={decided} />}
      {hasNextPage && (
        <Button isBusy={isFetchingNextPage} onPress={() => void fetchNextPage()}>
          {words('admin.proposals.more')}
        </Button>
      )}
    </>
  );
}

function Decided({ proposals }: { proposals: Proposal[] }) {
  const words = useWords();
  return (
    <Card title={words('admin.proposals.decided')}>
      <ul className={styles.plainList}>
        {proposals.map((proposal) => (
          <DecidedProposal key={proposal.id} proposal={proposal} />
        ))}
      </ul>
    </Card>
  );
}

import type { Item, Version } from '@arca/sdk';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemBanner } from '../../api/problem-banner.tsx';
import { useWords } from '../../text/use-words.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Loading, SkeletonLine } from '../../ui/skeleton.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import styles from './history-panel.module.css';
import { RestoreDialog } from './restore-dialog.tsx';
import type { VersionAct } from './version-act.ts';
import { VersionDialog } from './version-dialog.tsx';
import { VersionLine } from './version-line.tsx';
import { versionsOf } from './version-queries.ts';

/** What the item was, as sentences, newest first. */
export function HistoryPanel({ item }: { item: Item }) {
  const words = useWords();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(versionsOf(item));
  const [chosen, setChosen] = useState<{ act: VersionAct; version: Version } | null>(null);
  const versions = data?.pages.flatMap((page) => page.versions);
  const close = () => setChosen(null);
  return (
    <Card isFlush title={words('items.history.title')}>
      <ProblemBanner error={error} onRetry={() => void refetch()} />
      {versions === undefined && error === null && (
        <Loading>
          <div className={styles.waiting}>
            <SkeletonLine width={55} />
            <SkeletonLine width={40} />
          </div>
        </Loading>
      )}
      <ol className={styles.lines}>
        {versions?.map((version) => (
          <VersionLine
            key={version.version}
            item={item}
            version={version}
            onAct={(act) => setChosen({ act, version })}
          />
        ))}
      </ol>
      {hasNextPage && (
        <div className={styles.more}>
          <Button isSmall isBusy={isFetchingNextPage} onPress={() => void fetchNextPage()}>
            {words('items.history.more')}
          </Button>
        </div>
      )}
      {chosen?.act === 'view' && <VersionDialog item={item} version={chosen.version} onClose={close} />}
      {chosen?.act === 'compare' && versions && (
        <CompareDialog item={item} versions={versions} version={chosen.version} onClose={close} />
      )}
      {chosen?.act === 'restore' && <RestoreDialog item={item} version={chosen.version} onClose={close} />}
    </Card>
  );
}

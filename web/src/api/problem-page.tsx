import { ArcaError } from '@arca/sdk';
import { CloudOff, TriangleAlert } from 'lucide-react';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useIsOnline } from '../ui/offline-banner.tsx';
import styles from './problem.module.css';
import { useProblemWords } from './problem-words.ts';

const readingCodes = ['unexpected', 'network_failed', 'timed_out', 'page'] as const;
const isReading = (code: string): code is (typeof readingCodes)[number] => readingCodes.some((known) => known === code);

type ProblemPageProps = {
  error: unknown;
  onRetry: () => void;
  /** Of its title in the page's outline. */
  level?: 1 | 2 | 3;
};

/** In place of what could not be read: what, what next, Retry, and the request. Offline it says that instead. */
export function ProblemPage({ error, onRetry, level = 2 }: ProblemPageProps) {
  const words = useWords();
  const explain = useProblemWords();
  const isOnline = useIsOnline();
  const { what, next: afterTyping, requestId } = explain(error);
  // Nobody has typed anything where something could not be read.
  const code = error instanceof ArcaError ? error.code : 'page';
  const next = isReading(code) ? words(`problems.reading.${code}`) : afterTyping;
  return (
    <div role="alert" className={styles.page}>
      <EmptyState
        icon={isOnline ? TriangleAlert : CloudOff}
        level={level}
        title={isOnline ? what : words('problems.offline.what')}
        text={isOnline ? next : words('problems.offline.next')}
        action={
          <Button variant="primary" onPress={onRetry}>
            {words('problems.retry')}
          </Button>
        }
      />
      {requestId !== null && <p className={styles.request}>{words('problems.request', { id: requestId })}</p>}
    </div>
  );
}

import { ProblemPage } from '../api/problem-page.tsx';
import styles from './unreachable.module.css';

/** Before it is known who is signed in, the safe did not answer. */
export function Unreachable({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <main className={styles.page}>
      <ProblemPage level={1} error={error} onRetry={onRetry} />
    </main>
  );
}

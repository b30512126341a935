import { useWords } from '../text/use-words.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import styles from './problem.module.css';
import { useProblemWords } from './problem-words.ts';

type ProblemBannerProps = {
  /** Of a query or mutation; nothing is shown for null. */
  error: unknown;
  onRetry?: () => void;
};

/** What went wrong, within a form or a part of a page: what, what was kept, what next, and the request. */
export function ProblemBanner({ error, onRetry }: ProblemBannerProps) {
  const words = useWords();
  const explain = useProblemWords();
  if (error === null || error === undefined) return null;
  const { what, next, requestId } = explain(error);
  return (
    <Banner
      tone="danger"
      title={what}
      text={
        <>
          {next}
          {requestId !== null && <span className={styles.request}>{words('problems.request', { id: requestId })}</span>}
        </>
      }
      action={
        onRetry && (
          <Button isSmall onPress={onRetry}>
            {words('problems.retry')}
          </Button>
        )
      }
    />
  );
}

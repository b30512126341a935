import { TriangleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { useWords } from '../text/use-words.ts';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';
import styles from './error-page.module.css';
import { Link } from './link.tsx';

type ErrorBoundaryProps = {
  children: ReactNode;
  /** The page goes away with its error when this changes: the path. */
  resetBy: string;
  homeHref: string;
};

/** Shows what broke instead of an empty page. React knows no way to write it but a class. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: unknown; hasFailed: boolean }> {
  override state = { error: undefined as unknown, hasFailed: false };

  static getDerivedStateFromError(error: unknown) {
    return { error, hasFailed: true };
  }

  override componentDidUpdate(before: ErrorBoundaryProps) {
    if (this.state.hasFailed && before.resetBy !== this.props.resetBy) this.reset();
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return <ErrorPage error={this.state.error} homeHref={this.props.homeHref} onRetry={() => this.reset()} />;
  }

  private reset() {
    this.setState({ error: undefined, hasFailed: false });
  }
}

type ErrorPageProps = { error: unknown; homeHref: string; requestId?: string; onRetry: () => void };

/** Names the cause, what was kept, and the next step. */
export function ErrorPage({ error, homeHref, requestId, onRetry }: ErrorPageProps) {
  const words = useWords();
  return (
    <div role="alert" className={styles.page}>
      <EmptyState
        level={1}
        icon={TriangleAlert}
        title={words('ui.failure.title')}
        text={words('ui.failure.text')}
        action={
          <>
            <Button variant="primary" onPress={onRetry}>
              {words('ui.failure.retry')}
            </Button>
            <Link href={homeHref}>{words('ui.failure.home')}</Link>
          </>
        }
      />
      <details className={styles.detail}>
        <summary>{words('ui.failure.detail')}</summary>
        <pre className={styles.text}>{error instanceof Error ? error.message : String(error)}</pre>
        {requestId !== undefined && <p>{words('ui.failure.request', { id: requestId })}</p>}
      </details>
    </div>
  );
}

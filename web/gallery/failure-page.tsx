import { ErrorBoundary, ErrorPage } from '../src/ui/error-page.tsx';

export function FailurePage() {
  return (
    <main>
      <ErrorBoundary resetBy="" homeHref="/">
        <Broken />
      </ErrorBoundary>
      <ErrorPage
        error={new Error('The safe did not answer')}
        homeHref="/"
        requestId="01K9Z3T8"
        onRetry={() => location.reload()}
      />
    </main>
  );
}

function Broken(): never {
  throw new Error('Cannot read the list of items');
}

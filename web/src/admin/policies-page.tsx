import { useQuery } from '@tanstack/react-query';
import { arca } from '../api/arca.ts';
import { ProblemPage } from '../api/problem-page.tsx';
import { keyOf } from '../api/query-keys.ts';
import { useWords } from '../text/use-words.ts';
import { Page } from '../ui/page-layout.tsx';
import { SkeletonPage } from '../ui/skeleton.tsx';
import { AdminOnly } from './admin-only.tsx';
import { PolicyForm } from './policy-form.tsx';

/** What administrators settle for all. */
export function PoliciesPage() {
  const words = useWords();
  return (
    <AdminOnly>
      <Page form="reading" title={words('admin.policies.title')} lead={words('admin.policies.lead')}>
        <Policies />
      </Page>
    </AdminOnly>
  );
}

function Policies() {
  const { data, error, refetch } = useQuery({
    queryKey: keyOf('policy', 'read'),
    queryFn: ({ signal }) => arca.policy.read({}, { signal }),
  });
  if (data !== undefined) return <PolicyForm policy={data} />;
  return error === null ? <SkeletonPage /> : <ProblemPage error={error} onRetry={() => void refetch()} />;
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { arca } from '../api/arca.ts';
import { ProblemPage } from '../api/problem-page.tsx';
import { keyOf } from '../api/query-keys.ts';
import { useWords } from '../text/use-words.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Page } from '../ui/page-layout.tsx';
import { SkeletonPage } from '../ui/skeleton.tsx';
import { ExportCard } from './export-card.tsx';
import { ImportCard } from './import-card.tsx';
import styles from './imports.module.css';
import { PlanCard } from './plan-card.tsx';

/** Bringing items in, as a plan that is seen before it is applied, and taking them along. */
export function ImportsPage() {
  const words = useWords();
  const [openId, setOpenId] = useState<number>();
  const { data, error, refetch } = useQuery({
    queryKey: keyOf('imports', 'list'),
    queryFn: ({ signal }) => arca.imports.list({}, { signal }),
  });
  if (data === undefined) {
    return error === null ? <SkeletonPage /> : <ProblemPage error={error} onRetry={() => void refetch()} />;
  }
  return (
    <Page title={words('imports.title')} lead={words('imports.lead')} form="reading">
      <PlanCard onPlanned={setOpenId} />
      {openId !== undefined && <ImportCard key={openId} id={openId} onDiscarded={() => setOpenId(undefined)} />}
      <Card title={words('imports.list')}>
        {data.imports.length === 0 ? (
          <p className={styles.soft}>{words('imports.none')}</p>
        ) : (
          <ul className={styles.list}>
            {data.imports.map(({ id, file, format, status }) => (
              <li key={id} className={styles.line}>
                <span>
                  {id} · {file === '' ? words(`imports.formats.${format}`) : file}
                </span>
                <Badge tone={status === 'failed' ? 'danger' : 'neutral'}>{words(`imports.status.${status}`)}</Badge>
                <Button
                  isSmall
                  onPress={() => setOpenId(id)}
                  aria-label={words('imports.open', { file: `${id} ${file}` })}
                >
                  {words('imports.rows')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <ExportCard />
    </Page>
  );
}

import type { SafeKeys } from '@arca/sdk';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { arca } from '../api/arca.ts';
import { ProblemPage } from '../api/problem-page.tsx';
import { keyOf } from '../api/query-keys.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Page } from '../ui/page-layout.tsx';
import { Progress } from '../ui/progress.tsx';
import { SkeletonPage } from '../ui/skeleton.tsx';
import styles from './admin.module.css';
import { AdminOnly } from './admin-only.tsx';
import { RotateDialog, type Rotating } from './rotate-dialog.tsx';

const whats = ['data', 'index', 'rows', 'signing', 'pepper'] as const;
const purposeOf = {
  data: 'data',
  index: 'index',
  rows: 'row-mac',
  signing: 'token-signing',
  pepper: 'pepper',
} as const;
const lookEvery = 1000;

/** The keys of the safe: since when each is used, and what replaces them. */
export function KeysPage() {
  const words = useWords();
  return (
    <AdminOnly>
      <Page form="reading" title={words('admin.keys.title')} lead={words('admin.keys.lead')}>
        <Keys />
      </Page>
    </AdminOnly>
  );
}

function Keys() {
  const { data, error, refetch } = useQuery({
    queryKey: keyOf('safeKeys', 'list'),
    queryFn: ({ signal }) => arca.safeKeys.list({}, { signal }),
    refetchInterval: ({ state }) => (runningOf(state.data) === null ? false : lookEvery),
  });
  const [rotating, setRotating] = useState<Rotating | null>(null);
  const words = useWords();
  const formats = useFormats();
  if (data === undefined) {
    return error === null ? <SkeletonPage /> : <ProblemPage error={error} onRetry={() => void refetch()} />;
  }
  const running = runningOf(data);
  const since = (what: (typeof whats)[number]) =>
    data.keys.find((key) => key.purpose === purposeOf[what] && key.state === 'current')?.createdAt;
  return (
    <>
      {data.dataKeyUse.uses > data.dataKeyUse.warnsAt && <Banner tone="warning" text={words('admin.keys.worn')} />}
      <RotationState safeKeys={data} />
      <Card>
        <ul className={styles.plainList}>
          {whats.map((what) => (
            <li key={what} className={styles.decided}>
              <span className={styles.decidedWords}>
                <span>{words(`admin.keys.${what}.name`)}</span>
                <span className={styles.soft}>{words(`admin.keys.${what}.about`)}</span>
                <span className={styles.soft}>
                  {words('admin.keys.since', { date: formats.date(new Date(since(what) ?? 0)) })}
                </span>
              </span>
              <Button
                isSmall
                isDisabled={running !== null}
                aria-label={words('admin.keys.replaceOf', { name: words(`admin.keys.${what}.name`) })}
                onPress={() => setRotating({ what, reseal: false })}
              >
                {words('admin.keys.replace')}
              </Button>
              {what === 'data' && (
                <Button isSmall isDisabled={running !== null} onPress={() => setRotating({ what, reseal: true })}>
                  {words('admin.keys.reseal')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Card>
      <p className={styles.soft}>{words('admin.keys.root')}</p>
      {rotating !== null && <RotateDialog rotating={rotating} onClose={() => setRotating(null)} />}
    </>
  );
}

/** What is under way; else how the last one ended, if it left anything behind. */
function RotationState({ safeKeys }: { safeKeys: SafeKeys }) {
  const words = useWords();
  const { rotation } = safeKeys;
  if (rotation === null || rotation.what === 'root') return null;
  const name = words(`admin.keys.${rotation.what}.name`);
  if (rotation.finishedAt === null) {
    const total = rotation.phase === 'rewriting' ? { total: rotation.total } : {};
    return (
      <Card>
        <Progress label={words('admin.keys.running', { name })} done={rotation.done} {...total} />
      </Card>
    );
  }
  if (rotation.broken === 0) return null;
  return <Banner tone="danger" text={words('admin.keys.broken', { name, count: rotation.broken })} />;
}

function runningOf(safeKeys: SafeKeys | undefined): SafeKeys['rotation'] {
  const rotation = safeKeys?.rotation ?? null;
  return rotation?.finishedAt === null ? rotation : null;
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { arca } from '../api/arca.ts';
import { ProblemPage } from '../api/problem-page.tsx';
import { useProblemWords } from '../api/problem-words.ts';
import { queries } from '../api/queries.ts';
import { keyOf } from '../api/query-keys.ts';
import { useWords } from '../text/use-words.ts';
import { Breadcrumbs } from '../ui/breadcrumbs.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Page } from '../ui/page-layout.tsx';
import { SkeletonPage } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { SessionLine } from './session-line.tsx';
import styles from './sessions.module.css';

const key = keyOf('sessions', 'list');

/** Where one is signed in, this session first. */
export function SessionsPage() {
  const words = useWords();
  const explain = useProblemWords();
  const [isAsking, setAsking] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => arca.sessions.list({}, { signal }),
  });
  const sessions = (data?.sessions ?? []).toSorted((a, b) => Number(b.current) - Number(a.current));
  const others = sessions.filter(({ current }) => !current).length;
  const endOthers = async () => {
    const { ended } = await arca.sessions.endOthers();
    await queries.invalidateQueries({ queryKey: key });
    showToast({ tone: 'success', text: words('profile.sessions.endedOthers', { count: ended }) });
  };
  return (
    <Page
      form="reading"
      title={words('profile.sessions.title')}
      lead={words('profile.sessions.lead')}
      above={
        <Breadcrumbs
          steps={[{ label: words('profile.title'), href: '/profile' }, { label: words('profile.sessions.title') }]}
        />
      }
      actions={others > 0 && <Button onPress={() => setAsking(true)}>{words('profile.sessions.endOthers')}</Button>}
    >
      {data !== undefined ? (
        <Card isFlush>
          <ul className={styles.list}>
            {sessions.map((session) => (
              <SessionLine key={session.id} session={session} />
            ))}
          </ul>
          {others === 0 && <p className={styles.alone}>{words('profile.sessions.alone')}</p>}
        </Card>
      ) : error !== null ? (
        <ProblemPage error={error} onRetry={() => void refetch()} />
      ) : (
        <SkeletonPage />
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={words('profile.sessions.endOthersQuestion', { count: others })}
        text={words('profile.sessions.endOthersText')}
        confirmLabel={words('profile.sessions.endOthers')}
        onConfirm={endOthers}
        explain={(thrown) => explain(thrown).whole}
      />
    </Page>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { arca } from '../api/arca.ts';
import { ProblemPage } from '../api/problem-page.tsx';
import { keyOf } from '../api/query-keys.ts';
import { ImportsPage } from '../imports/imports-page.tsx';
import { useWords } from '../text/use-words.ts';
import { Card } from '../ui/card.tsx';
import { Link } from '../ui/link.tsx';
import { Page } from '../ui/page-layout.tsx';
import { SkeletonPage } from '../ui/skeleton.tsx';
import { AboutCard } from './about-card.tsx';
import { LooksCard } from './looks-card.tsx';
import { PasswordCard } from './password-card.tsx';
import styles from './profile.module.css';
import { SecondFactorCard } from './second-factor-card.tsx';

/** What concerns one's own account: name, password, second factor, sessions. */
export function ProfilePage() {
  const [path] = useLocation();
  return path === '/profile/imports' ? <ImportsPage /> : <OwnProfile />;
}

function OwnProfile() {
  const words = useWords();
  const { data, error, refetch } = useQuery({
    queryKey: keyOf('profile', 'read'),
    queryFn: ({ signal }) => arca.profile.read({}, { signal }),
  });
  return (
    <Page title={words('profile.title')} form="reading">
      {data !== undefined ? (
        <>
          <AboutCard key={data.username} profile={data} />
          <LooksCard />
          <PasswordCard />
          <SecondFactorCard profile={data} />
          <Card title={words('profile.sessions.title')}>
            <p className={styles.text}>{words('profile.sessions.text')}</p>
            <Link href="/profile/sessions">{words('profile.sessions.link')}</Link>
          </Card>
          <Card title={words('imports.title')}>
            <p className={styles.text}>{words('imports.lead')}</p>
            <Link href="/profile/imports">{words('imports.link')}</Link>
          </Card>
        </>
      ) : error !== null ? (
        <ProblemPage error={error} onRetry={() => void refetch()} />
      ) : (
        <SkeletonPage />
      )}
    </Page>
  );
}

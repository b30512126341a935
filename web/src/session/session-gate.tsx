import { useQuery } from '@tanstack/react-query';
import { Activity, lazy, type ReactNode, Suspense, useEffect } from 'react';
import { useLocation } from 'wouter';
import { asks, useIsAsked } from '../api/asks.ts';
import { chooseLanguage } from '../text/languages.ts';
import { checkSession, enter, leave } from './enter.ts';
import { IdleWarning } from './idle-warning.tsx';
import { readSession, type SignedIn, sessionKey } from './read-session.ts';
import { setUpPath } from './set-up-token.ts';
import { SignIn } from './sign-in.tsx';
import { hearOtherTabs } from './tabs.ts';
import { Unreachable } from './unreachable.tsx';
import { SessionContext } from './use-session.ts';
import { rememberIn } from './was-in.ts';

const ProofDialog = lazy(() => import('./proof-dialog.tsx').then((file) => ({ default: file.ProofDialog })));
const MustChangePassword = lazy(() =>
  import('./must-change-password.tsx').then((file) => ({ default: file.MustChangePassword })),
);
const MustEnrol = lazy(() => import('./must-enrol.tsx').then((file) => ({ default: file.MustEnrol })));
const SetUp = lazy(() => import('./set-up.tsx').then((file) => ({ default: file.SetUp })));

/**
 * Shows the app to whom is signed in and the sign-in to everybody else; the path stays, and is what opens afterwards.
 * Where a session ends the app stays behind, hidden, with all that was typed in it.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  return (
    <Suspense fallback={null}>
      <Gate>{children}</Gate>
    </Suspense>
  );
}

function Gate({ children }: { children: ReactNode }) {
  const query = useQuery({ queryKey: sessionKey, queryFn: readSession, staleTime: Infinity, gcTime: Infinity });
  const hasEnded = useIsAsked(asks.session);
  const needsProof = useIsAsked(asks.proof);
  const isAskedToEnrol = useIsAsked(asks.secondFactor);
  const isAskedToChange = useIsAsked(asks.password);
  const [path, navigate] = useLocation();
  const locale = query.data?.session.user.locale ?? null;
  useEffect(() => {
    if (locale !== null) void chooseLanguage(locale);
  }, [locale]);
  useEffect(() => hearOtherTabs((event) => (event === 'ended' ? leave() : void checkSession())), []);

  const { data } = query;
  const isIn = data === undefined ? undefined : data !== null;
  useEffect(() => {
    if (isIn !== undefined) rememberIn(isIn);
  }, [isIn]);
  if (data === undefined) {
    return query.isError ? <Unreachable error={query.error} onRetry={() => void query.refetch()} /> : null;
  }
  const enterHome = (next: SignedIn) => {
    navigate('/');
    enter(next);
  };
  if (data === null && path === setUpPath) {
    return <SetUp onSignedIn={enterHome} onSignIn={() => navigate('/')} />;
  }
  if (data === null) return <SignIn onSignedIn={enter} />;
  const { session, idleFor } = data;
  const mustChange = session.mustChangePassword || isAskedToChange;
  const mustEnrol = !mustChange && (session.mustEnrol || isAskedToEnrol);
  const isOpen = !hasEnded && !mustChange && !mustEnrol;
  return (
    <SessionContext key={session.user.username} value={session}>
      {hasEnded && <SignIn username={session.user.username} onSignedIn={enter} />}
      {mustChange && !hasEnded && <MustChangePassword />}
      {mustEnrol && !hasEnded && <MustEnrol />}
      <Activity mode={isOpen ? 'visible' : 'hidden'}>
        <Suspense fallback={null}>{children}</Suspense>
      </Activity>
      <Activity mode={hasEnded ? 'hidden' : 'visible'}>
        {needsProof && <ProofDialog />}
        <IdleWarning idleFor={idleFor} />
      </Activity>
    </SessionContext>
  );
}

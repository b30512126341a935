import { useQuery } from '@tanstack/react-query';
import { Activity, type ReactNode, useEffect } from 'react';
import { useLocation } from 'wouter';
import { asks, useIsAsked } from '../api/asks.ts';
import { checkSession, enter, leave } from './enter.ts';
import { IdleWarning } from './idle-warning.tsx';
import { MustEnrol } from './must-enrol.tsx';
import { ProofDialog } from './proof-dialog.tsx';
import { readSession, type SignedIn, sessionKey } from './read-session.ts';
import { SetUp } from './set-up.tsx';
import { setUpPath } from './set-up-token.ts';
import { SignIn } from './sign-in.tsx';
import { hearOtherTabs } from './tabs.ts';
import { Unreachable } from './unreachable.tsx';
import { SessionContext } from './use-session.ts';

/**
 * Shows the app to whom is signed in and the sign-in to everybody else; the path stays, and is what opens afterwards.
 * Where a session ends the app stays behind, hidden, with all that was typed in it.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const query = useQuery({ queryKey: sessionKey, queryFn: readSession, staleTime: Infinity, gcTime: Infinity });
  const hasEnded = useIsAsked(asks.session);
  const isAskedToEnrol = useIsAsked(asks.secondFactor);
  const [path, navigate] = useLocation();
  useEffect(() => hearOtherTabs((event) => (event === 'ended' ? leave() : void checkSession())), []);

  const { data } = query;
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
  const mustEnrol = session.mustEnrol || isAskedToEnrol;
  const isOpen = !hasEnded && !mustEnrol;
  return (
    <SessionContext key={session.user.username} value={session}>
      {hasEnded && <SignIn username={session.user.username} onSignedIn={enter} />}
      {mustEnrol && !hasEnded && <MustEnrol />}
      <Activity mode={isOpen ? 'visible' : 'hidden'}>{children}</Activity>
      <Activity mode={hasEnded ? 'hidden' : 'visible'}>
        <ProofDialog />
        <IdleWarning idleFor={idleFor} />
      </Activity>
    </SessionContext>
  );
}

import { useState } from 'react';
import { asks } from '../api/asks.ts';
import { queries } from '../api/queries.ts';
import { Enrolment } from '../second-factor/enrolment.tsx';
import { RecoveryCodes } from '../second-factor/recovery-codes.tsx';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { sessionKey } from './read-session.ts';
import { SignInLayout } from './sign-in-layout.tsx';
import { useSession } from './use-session.ts';
import { useSignOut } from './use-sign-out.ts';

/** The policy asks for a second factor: nothing else is open until there is one. */
export function MustEnrol() {
  const words = useWords();
  const { user } = useSession();
  const { signOut, isBusy } = useSignOut();
  const [codes, setCodes] = useState<string[] | null>(null);
  const finish = async () => {
    await queries.invalidateQueries({ queryKey: sessionKey });
    asks.secondFactor.settle(true);
  };
  if (codes !== null) {
    return (
      <SignInLayout isWide title={words('secondFactor.codes.title')}>
        <RecoveryCodes codes={codes} username={user.username} onDone={() => void finish()} />
      </SignInLayout>
    );
  }
  return (
    <SignInLayout
      isWide
      title={words('session.mustEnrol.title')}
      lead={words('session.mustEnrol.lead')}
      below={
        <Button variant="quiet" isBusy={isBusy} onPress={signOut}>
          {words('session.signOut.act')}
        </Button>
      }
    >
      <Enrolment onEnrolled={setCodes} />
    </SignInLayout>
  );
}

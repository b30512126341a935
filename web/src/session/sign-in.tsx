import { isProblem } from '@arca/sdk';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { arca } from '../api/arca.ts';
import { keyOf } from '../api/query-keys.ts';
import { useWords } from '../text/use-words.ts';
import { ahead } from '../ui/ahead.tsx';
import { Banner } from '../ui/banner.tsx';
import { type Credentials, PasswordStep } from './password-step.tsx';
import type { SignedIn } from './read-session.ts';
import { startSession } from './read-session.ts';
import { SignInLayout } from './sign-in-layout.tsx';

const CodeStep = ahead(() => import('./code-step.tsx').then((file) => file.CodeStep));

type SignInProps = {
  /** Whose session has ended, while what he had open waits behind. */
  username?: string;
  onSignedIn: (signedIn: SignedIn) => void;
};

/** Username and password, and a code only when the safe asks for one. The path of the page stays as it is. */
export function SignIn({ username, onSignedIn }: SignInProps) {
  const words = useWords();
  const [known, setKnown] = useState<Credentials | null>(null);
  const start = useMutation({
    mutationFn: (input: Credentials & { code?: string; recoveryCode?: string }) => startSession(input),
    onSuccess: onSignedIn,
    onError: (error, input) => {
      if (isProblem(error, 'second_factor_required')) setKnown({ username: input.username, password: input.password });
      if (isProblem(error, 'sign_in_failed')) setKnown(null);
    },
  });
  const setUp = useQuery({
    queryKey: keyOf('setUp', 'read'),
    queryFn: ({ signal }) => arca.setUp.read({}, { signal }),
    staleTime: Infinity,
  });
  const isWaiting = setUp.data?.done === false;
  const error = isProblem(start.error, 'second_factor_required') ? null : start.error;
  if (known !== null) {
    return (
      <SignInLayout title={words('session.code.title')} lead={words('session.code.lead')}>
        <CodeStep
          username={known.username}
          error={error}
          isBusy={start.isPending}
          onSubmit={(step) => start.mutate({ ...known, ...step })}
          onBack={() => {
            start.reset();
            setKnown(null);
          }}
        />
      </SignInLayout>
    );
  }
  const hasEnded = username !== undefined;
  return (
    <SignInLayout
      title={words(hasEnded ? 'session.signIn.again' : 'session.signIn.title')}
      lead={words(hasEnded ? 'session.signIn.ended' : 'session.signIn.lead')}
    >
      <PasswordStep
        notice={isWaiting && <Banner text={words('session.setUp.waiting')} />}
        username={username}
        error={error}
        isBusy={start.isPending}
        onSubmit={start.mutate}
      />
    </SignInLayout>
  );
}

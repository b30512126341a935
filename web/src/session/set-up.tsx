import { isProblem } from '@arca/sdk';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { arca } from '../api/arca.ts';
import { ProblemBanner } from '../api/problem-banner.tsx';
import { keyOf } from '../api/query-keys.ts';
import { useFormProblems } from '../api/use-form-problems.ts';
import { useWords } from '../text/use-words.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Form, useField } from '../ui/form.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import { type SignedIn, startSession } from './read-session.ts';
import { setUpToken } from './set-up-token.ts';
import { SignInLayout } from './sign-in-layout.tsx';

type SetUpProps = { onSignedIn: (signedIn: SignedIn) => void; onSignIn: () => void };

/** The first visit, by the link that the safe printed: makes the first administrator and signs him in. */
export function SetUp({ onSignedIn, onSignIn }: SetUpProps) {
  const words = useWords();
  const { data } = useQuery({
    queryKey: keyOf('setUp', 'read'),
    queryFn: ({ signal }) => arca.setUp.read({}, { signal }),
  });
  const isDone = data?.done === true;
  const token = setUpToken();
  return (
    <SignInLayout title={words('session.setUp.title')} lead={isDone ? undefined : words('session.setUp.lead')}>
      {isDone ? (
        <Banner
          text={words('session.setUp.done')}
          action={
            <Button isSmall onPress={onSignIn}>
              {words('session.setUp.signIn')}
            </Button>
          }
        />
      ) : token === '' ? (
        <Banner tone="warning" text={words('session.setUp.noToken')} />
      ) : (
        <FirstAccount token={token} onSignedIn={onSignedIn} />
      )}
    </SignInLayout>
  );
}

type Account = { username: string; name: string; password: string };

function FirstAccount({ token, onSignedIn }: { token: string; onSignedIn: (signedIn: SignedIn) => void }) {
  const words = useWords();
  const form = useForm<Account>({ defaultValues: { username: '', name: '', password: '' } });
  const finish = useMutation({
    mutationFn: async ({ username, name, password }: Account) => {
      // Where the answer was lost, the safe is set up by the first try, and signing in shows it.
      await arca.setUp.finish({ token, username, name, password }).catch((error: unknown) => {
        if (!isProblem(error, 'already_set_up')) throw error;
      });
      return await startSession({ username, password });
    },
    onSuccess: onSignedIn,
  });
  const problem = useFormProblems(form, finish.error);
  return (
    <Form
      onSubmit={form.handleSubmit((account) => finish.mutate({ ...account, username: account.username.trim() }))}
      errors={form.formState.errors}
      problem={<ProblemBanner error={problem} />}
    >
      <TextField
        {...useField(form.control, 'username', {
          validate: (value) =>
            /^[a-z0-9][a-z0-9._@+-]{0,63}$/.test(value.trim()) || words('session.setUp.usernameInvalid'),
        })}
        label={words('session.setUp.username')}
        help={words('session.setUp.usernameHelp')}
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck="false"
        autoFocus
      />
      <TextField
        {...useField(form.control, 'name')}
        label={words('session.setUp.name')}
        autoComplete="name"
        maxLength={255}
        isOptional
      />
      <PasswordField
        {...useField(form.control, 'password', {
          required: words('session.setUp.passwordMissing'),
          validate: (value) => new TextEncoder().encode(value).length >= 12 || words('session.setUp.passwordShort'),
        })}
        label={words('session.setUp.password')}
        help={words('session.setUp.passwordHelp')}
        autoComplete="new-password"
      />
      <Button type="submit" variant="primary" isWide isBusy={finish.isPending}>
        {words('session.setUp.act')}
      </Button>
    </Form>
  );
}

import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { arca } from '../api/arca.ts';
import { asks } from '../api/asks.ts';
import { ProblemBanner } from '../api/problem-banner.tsx';
import { queries } from '../api/queries.ts';
import { useFormProblems } from '../api/use-form-problems.ts';
import { useStrength } from '../api/use-strength.ts';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Form, useField } from '../ui/form.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { StrengthMeter } from '../ui/strength-meter.tsx';
import { sessionKey } from './read-session.ts';
import { SignInLayout } from './sign-in-layout.tsx';
import { useSession } from './use-session.ts';
import { useSignOut } from './use-sign-out.ts';

const shortest = 12; // bytes

/** Somebody else knows the password: nothing else is open until it is changed. */
export function MustChangePassword() {
  const words = useWords();
  const { user } = useSession();
  const { signOut, isBusy } = useSignOut();
  const form = useForm({ defaultValues: { currentPassword: '', password: '' } });
  const change = useMutation({
    mutationFn: (input: { currentPassword: string; password: string }) => arca.profile.changePassword(input),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: sessionKey });
      asks.password.settle(true);
    },
  });
  const problem = useFormProblems(form, change.error, { password_wrong: 'currentPassword' });
  const strength = useStrength(form.watch('password'));
  return (
    <SignInLayout
      title={words('session.mustChange.title')}
      lead={words('session.mustChange.lead')}
      below={
        <Button variant="quiet" isBusy={isBusy} onPress={signOut}>
          {words('session.signOut.act')}
        </Button>
      }
    >
      <Form
        onSubmit={form.handleSubmit((input) => change.mutate(input))}
        errors={form.formState.errors}
        problem={<ProblemBanner error={problem} />}
      >
        {/* Tells password managers whose password it is. */}
        <input type="text" autoComplete="username" value={user.username} readOnly hidden />
        <PasswordField
          {...useField(form.control, 'currentPassword', { required: words('session.mustChange.givenMissing') })}
          label={words('session.mustChange.given')}
          autoComplete="current-password"
          autoFocus
        />
        <PasswordField
          {...useField(form.control, 'password', {
            required: words('session.setUp.passwordMissing'),
            validate: (value) =>
              new TextEncoder().encode(value).length >= shortest || words('session.setUp.passwordShort'),
          })}
          label={words('session.mustChange.own')}
          help={words('session.setUp.passwordHelp')}
          autoComplete="new-password"
        />
        <div aria-live="polite">
          <StrengthMeter strength={strength} />
        </div>
        <Button type="submit" variant="primary" isWide isBusy={change.isPending}>
          {words('session.setUp.act')}
        </Button>
      </Form>
    </SignInLayout>
  );
}

import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { ProblemBanner } from '../api/problem-banner.tsx';
import { useFormProblems } from '../api/use-form-problems.ts';
import { useWait } from '../api/use-wait.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Form, useField } from '../ui/form.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { TextField } from '../ui/text-field.tsx';

export type Credentials = { username: string; password: string };

type PasswordStepProps = {
  /** Above the fields. */
  notice: ReactNode;
  username: string | undefined;
  error: unknown;
  isBusy: boolean;
  onSubmit: (credentials: Credentials) => void;
};

export function PasswordStep({ notice, username, error, isBusy, onSubmit }: PasswordStepProps) {
  const words = useWords();
  const { duration } = useFormats();
  const wait = useWait(error);
  const form = useForm<Credentials>({ defaultValues: { username: username ?? '', password: '' } });
  const problem = useFormProblems(form, error);
  return (
    <Form
      onSubmit={form.handleSubmit(({ username: name, password }) => onSubmit({ username: name.trim(), password }))}
      problem={<ProblemBanner error={problem} />}
    >
      {notice}
      <TextField
        {...useField(form.control, 'username', {
          validate: (value) => value.trim() !== '' || words('session.signIn.usernameMissing'),
        })}
        label={words('session.signIn.username')}
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck="false"
        autoFocus={username === undefined}
      />
      <PasswordField
        {...useField(form.control, 'password', { required: words('session.signIn.passwordMissing') })}
        label={words('session.signIn.password')}
        autoComplete="current-password"
        autoFocus={username !== undefined}
      />
      <Button type="submit" variant="primary" isWide isBusy={isBusy} isDisabled={wait > 0}>
        {wait > 0 ? words('session.wait', { time: duration(wait) }) : words('session.signIn.act')}
      </Button>
    </Form>
  );
}

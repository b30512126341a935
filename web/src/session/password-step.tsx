import { type ReactNode, type SubmitEvent, useRef, useState } from 'react';
import { ProblemBanner } from '../api/problem-banner.tsx';
import { useFieldProblems } from '../api/problem-words.ts';
import { useWait } from '../api/use-wait.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Form } from '../ui/form-body.tsx';
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

/** Two fields, for which everybody waits: without the library of the other forms, a tenth of the first load. */
export function PasswordStep({ notice, username = '', error, isBusy, onSubmit }: PasswordStepProps) {
  const words = useWords();
  const { duration } = useFormats();
  const wait = useWait(error);
  const [typed, setTyped] = useState<Credentials>({ username, password: '' });
  const [isTried, setTried] = useState(false);
  const inputs = { username: useRef<HTMLInputElement>(null), password: useRef<HTMLInputElement>(null) };
  const told = useFieldProblems()(error).filter(({ field }) => field in typed);
  const faults = {
    username: typed.username.trim() === '' ? words('session.signIn.usernameMissing') : undefined,
    password: typed.password === '' ? words('session.signIn.passwordMissing') : undefined,
  };
  const field = (name: keyof Credentials) => ({
    name,
    value: typed[name],
    onChange: (text: string) => setTyped((now) => ({ ...now, [name]: text })),
    inputRef: inputs[name],
    error: (isTried ? faults[name] : undefined) ?? told.find(({ field: of }) => of === name)?.text,
  });
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    const first = (['username', 'password'] as const).find((name) => faults[name] !== undefined);
    if (first === undefined) onSubmit({ username: typed.username.trim(), password: typed.password });
    else inputs[first].current?.focus();
  };
  return (
    <Form onSubmit={submit} problem={<ProblemBanner error={told.length > 0 ? null : error} />}>
      {notice}
      <TextField
        {...field('username')}
        label={words('session.signIn.username')}
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck="false"
        autoFocus={username === ''}
      />
      <PasswordField
        {...field('password')}
        label={words('session.signIn.password')}
        autoComplete="current-password"
        autoFocus={username !== ''}
      />
      <Button type="submit" variant="primary" isWide isBusy={isBusy} isDisabled={wait > 0}>
        {wait > 0 ? words('session.wait', { time: duration(wait) }) : words('session.signIn.act')}
      </Button>
    </Form>
  );
}

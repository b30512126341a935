import { isProblem } from '@arca/sdk';
import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { arca } from '../api/arca.ts';
import { asks } from '../api/asks.ts';
import { ProblemBanner } from '../api/problem-banner.tsx';
import { useFormProblems } from '../api/use-form-problems.ts';
import { useWait } from '../api/use-wait.ts';
import { noSecondStep, SecondStep, secondStepOf } from '../second-factor/second-step.tsx';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Form, useField } from '../ui/form.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { useSession } from './use-session.ts';

/** Shown where a call was refused for want of a fresh proof; done, the call is sent again by itself. */
export function ProofDialog() {
  const words = useWords();
  const { duration } = useFormats();
  const { user, secondFactor } = useSession();
  const id = useId();
  const form = useForm({ defaultValues: { password: '', ...noSecondStep } });
  const prove = useMutation({
    mutationFn: (input: { password: string; code?: string; recoveryCode?: string }) => arca.session.prove(input),
    onSuccess: () => asks.proof.settle(true),
  });
  const needsCode = secondFactor || isProblem(prove.error, 'second_factor_required');
  const problem = useFormProblems(form, prove.error, {
    password_wrong: 'password',
    second_factor_wrong: form.getValues('recoveryCode') === '' ? 'code' : 'recoveryCode',
  });
  const wait = useWait(prove.error);
  const submit = form.handleSubmit((values) => prove.mutate({ password: values.password, ...secondStepOf(values) }));
  const cancel = () => asks.proof.settle(false);
  return (
    <Dialog
      isOpen
      onOpenChange={cancel}
      title={words('session.proof.title')}
      lead={words('session.proof.lead')}
      actions={
        <>
          <Button onPress={cancel}>{words('ui.cancel')}</Button>
          <Button type="submit" form={id} variant="primary" isBusy={prove.isPending} isDisabled={wait > 0}>
            {wait > 0 ? words('session.wait', { time: duration(wait) }) : words('session.proof.act')}
          </Button>
        </>
      }
    >
      <Form id={id} onSubmit={submit} problem={<ProblemBanner error={problem} />}>
        {/* Tells password managers whose password it is. */}
        <input type="text" autoComplete="username" value={user.username} readOnly hidden />
        <PasswordField
          {...useField(form.control, 'password', { required: words('session.signIn.passwordMissing') })}
          label={words('session.signIn.password')}
          autoComplete="current-password"
          autoFocus
        />
        {needsCode && <SecondStep control={form.control} onComplete={() => void submit()} />}
      </Form>
    </Dialog>
  );
}

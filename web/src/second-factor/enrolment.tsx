import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { arca } from '../api/arca.ts';
import { ProblemBanner } from '../api/problem-banner.tsx';
import { useFormProblems } from '../api/use-form-problems.ts';
import { useWait } from '../api/use-wait.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { CodeField } from '../ui/code-field.tsx';
import { Form, FormActions, useField } from '../ui/form.tsx';
import { Loading } from '../ui/skeleton.tsx';
import styles from './enrolment.module.css';
import { Seed } from './seed.tsx';

type EnrolmentProps = {
  /** The second factor counts from now on; its recovery codes are to be shown. */
  onEnrolled: (recoveryCodes: string[]) => void;
  onCancel?: () => void;
};

/** A new seed by QR code or typed, and a first code of the app that has it. */
export function Enrolment({ onEnrolled, onCancel }: EnrolmentProps) {
  const words = useWords();
  const { duration } = useFormats();
  const begin = useMutation({ mutationFn: () => arca.profile.beginSecondFactor() });
  const confirm = useMutation({
    mutationFn: (code: string) => arca.profile.confirmSecondFactor({ code }),
    onSuccess: ({ recoveryCodes }) => onEnrolled(recoveryCodes),
  });
  const form = useForm({ defaultValues: { code: '' } });
  const wait = useWait(confirm.error);
  const problem = useFormProblems(form, confirm.error, { second_factor_wrong: 'code' });
  const submit = form.handleSubmit(({ code }) => confirm.mutate(code));
  const code = useField(form.control, 'code', {
    validate: (value) => /^\d{6}$/.test(value) || words('session.code.missing'),
  });
  const { mutate, isIdle } = begin;
  useEffect(() => {
    if (isIdle) mutate();
  }, [isIdle, mutate]);

  if (begin.isError) return <ProblemBanner error={begin.error} onRetry={mutate} />;
  return (
    <Form onSubmit={submit} problem={<ProblemBanner error={problem} />}>
      {begin.data === undefined ? (
        <Loading>
          <div className={styles.waiting} />
        </Loading>
      ) : (
        <Seed seed={begin.data.seed} uri={begin.data.uri} />
      )}
      <div className={styles.code}>
        <CodeField
          {...code}
          label={words('session.code.label')}
          help={words('secondFactor.confirm.text')}
          onComplete={() => setTimeout(() => void submit())}
          isDisabled={begin.data === undefined}
        />
      </div>
      <FormActions>
        {onCancel && <Button onPress={onCancel}>{words('ui.cancel')}</Button>}
        <Button type="submit" variant="primary" isBusy={confirm.isPending} isDisabled={wait > 0}>
          {wait > 0 ? words('session.wait', { time: duration(wait) }) : words('secondFactor.confirm.act')}
        </Button>
      </FormActions>
    </Form>
  );
}

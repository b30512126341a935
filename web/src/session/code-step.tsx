import { useForm } from 'react-hook-form';
import { ProblemBanner } from '../api/problem-banner.tsx';
import { useFormProblems } from '../api/use-form-problems.ts';
import { useWait } from '../api/use-wait.ts';
import { noSecondStep, SecondStep, secondStepOf } from '../second-factor/second-step.tsx';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import styles from './code-step.module.css';

type CodeStepProps = {
  username: string;
  error: unknown;
  isBusy: boolean;
  onSubmit: (step: { code?: string; recoveryCode?: string }) => void;
  onBack: () => void;
};

export function CodeStep({ username, error, isBusy, onSubmit, onBack }: CodeStepProps) {
  const words = useWords();
  const { duration } = useFormats();
  const wait = useWait(error);
  const form = useForm({ defaultValues: noSecondStep });
  const isRecovery = form.getValues('recoveryCode') !== '';
  const problem = useFormProblems(form, error, { second_factor_wrong: isRecovery ? 'recoveryCode' : 'code' });
  const submit = form.handleSubmit((values) => onSubmit(secondStepOf(values)));
  return (
    <Form onSubmit={submit} problem={<ProblemBanner error={problem} />}>
      <p className={styles.who}>{words('session.code.for', { username })}</p>
      <SecondStep control={form.control} onComplete={() => void submit()} hasFocus />
      <div className={styles.acts}>
        <Button type="submit" variant="primary" isWide isBusy={isBusy} isDisabled={wait > 0}>
          {wait > 0 ? words('session.wait', { time: duration(wait) }) : words('session.signIn.act')}
        </Button>
        <Button variant="quiet" isWide onPress={onBack}>
          {words('session.code.back')}
        </Button>
      </div>
    </Form>
  );
}

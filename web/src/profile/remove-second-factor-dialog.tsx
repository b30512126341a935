import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { arca } from '../api/arca.ts';
import { ProblemBanner } from '../api/problem-banner.tsx';
import { useFormProblems } from '../api/use-form-problems.ts';
import { useWait } from '../api/use-wait.ts';
import { noSecondStep, SecondStep, type SecondStepValues, secondStepOf } from '../second-factor/second-step.tsx';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Form } from '../ui/form.tsx';
import { showToast } from '../ui/toast.tsx';

export function RemoveSecondFactorDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const { duration } = useFormats();
  const id = useId();
  const form = useForm({ defaultValues: noSecondStep });
  const remove = useMutation({
    mutationFn: (values: SecondStepValues) => arca.profile.removeSecondFactor(secondStepOf(values)),
    onSuccess: () => {
      onClose();
      showToast({ tone: 'success', text: words('profile.secondFactor.removed') });
    },
  });
  const wait = useWait(remove.error);
  const problem = useFormProblems(form, remove.error, {
    second_factor_wrong: form.getValues('recoveryCode') === '' ? 'code' : 'recoveryCode',
  });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={words('profile.secondFactor.removeQuestion')}
      lead={words('profile.secondFactor.removeText')}
      actions={
        <>
          <Button onPress={onClose}>{words('ui.cancel')}</Button>
          <Button type="submit" form={id} variant="danger" isBusy={remove.isPending} isDisabled={wait > 0}>
            {wait > 0 ? words('session.wait', { time: duration(wait) }) : words('profile.secondFactor.removeAct')}
          </Button>
        </>
      }
    >
      <Form
        id={id}
        onSubmit={form.handleSubmit((values) => remove.mutate(values))}
        problem={<ProblemBanner error={problem} />}
      >
        <SecondStep control={form.control} hasFocus />
      </Form>
    </Dialog>
  );
}

import type { User } from '@arca/sdk';
import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useProposedToast } from '../admin/use-proposed-toast.ts';
import { arca } from '../api/arca.ts';
import { ProblemBanner } from '../api/problem-banner.tsx';
import { useSession } from '../session/use-session.ts';
import { useWords } from '../text/use-words.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Form, useField } from '../ui/form.tsx';
import { showToast } from '../ui/toast.tsx';
import { FirstPasswordField } from './first-password-field.tsx';
import { useIsRefused, usePasswordRule } from './password-rules.ts';
import { readUsersAnew, useHasSecondAdmin } from './use-users.ts';

/** For a password that was forgotten. Where there is another administrator it becomes a proposal. */
export function SetPasswordDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const words = useWords();
  const id = useId();
  const rule = usePasswordRule();
  const isRefused = useIsRefused();
  const showProposed = useProposedToast();
  const takesTwo = useHasSecondAdmin(useSession().user.username);
  const form = useForm({ defaultValues: { password: '' } });
  const filled = { user: user.username };
  const save = useMutation({
    mutationFn: ({ password }: { password: string }) => arca.users.setPassword({ username: user.username, password }),
    async onSuccess({ proposal }) {
      await readUsersAnew();
      if (proposal) showProposed(proposal);
      else showToast({ tone: 'success', text: words('users.setPassword.done', filled) });
      onClose();
    },
    onError(error) {
      if (isRefused(error, 'password')) {
        form.setError('password', { message: words('users.missing.passwordCommon') }, { shouldFocus: true });
      }
    },
  });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      isDismissable={!form.formState.isDirty}
      title={words('users.setPassword.title', filled)}
      lead={words('users.setPassword.lead', filled)}
      actions={
        <>
          <Button onPress={onClose}>{words('users.cancel')}</Button>
          <Button variant="primary" type="submit" form={id} isBusy={save.isPending}>
            {words('users.setPassword.act')}
          </Button>
        </>
      }
    >
      <Form
        id={id}
        onSubmit={form.handleSubmit((values) => save.mutate(values))}
        errors={form.formState.errors}
        problem={<ProblemBanner error={isRefused(save.error, 'password') ? null : save.error} />}
      >
        {takesTwo && <Banner tone="warning" text={words('users.setPassword.two')} />}
        <FirstPasswordField
          {...useField(form.control, 'password', { validate: rule })}
          label={words('users.setPassword.label')}
          help={words('users.help.password')}
          autoFocus
        />
      </Form>
    </Dialog>
  );
}

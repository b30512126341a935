import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { arca } from '../api/arca.ts';
import { ProblemBanner } from '../api/problem-banner.tsx';
import { queries } from '../api/queries.ts';
import { keyOf } from '../api/query-keys.ts';
import { useFormProblems } from '../api/use-form-problems.ts';
import { useStrength } from '../api/use-strength.ts';
import { useWait } from '../api/use-wait.ts';
import { useSession } from '../session/use-session.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Form, useField } from '../ui/form.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { StrengthMeter } from '../ui/strength-meter.tsx';
import { showToast } from '../ui/toast.tsx';
import styles from './profile.module.css';

const shortest = 12; // bytes

export function ChangePasswordDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const { duration } = useFormats();
  const { user, secondFactor } = useSession();
  const id = useId();
  const form = useForm({ defaultValues: { currentPassword: '', password: '' } });
  const change = useMutation({
    mutationFn: async (input: { currentPassword: string; password: string }) => {
      // The password that is typed here proves who it is: nobody needs to be asked for it twice.
      if (!secondFactor) await arca.session.prove({ password: input.currentPassword });
      return await arca.profile.changePassword(input);
    },
    onSuccess: ({ endedSessions }) => {
      onClose();
      void queries.invalidateQueries({ queryKey: keyOf('sessions') });
      const detail = endedSessions > 0 ? words('profile.password.ended', { count: endedSessions }) : undefined;
      showToast({ tone: 'success', text: words('profile.password.changed'), detail });
    },
  });
  const problem = useFormProblems(form, change.error, { password_wrong: 'currentPassword' });
  const wait = useWait(change.error);
  const strength = useStrength(form.watch('password'));
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      isDismissable={!form.formState.isDirty}
      title={words('profile.password.question')}
      lead={words('profile.password.lead')}
      actions={
        <>
          <Button onPress={onClose}>{words('ui.cancel')}</Button>
          <Button type="submit" form={id} variant="primary" isBusy={change.isPending} isDisabled={wait > 0}>
            {wait > 0 ? words('session.wait', { time: duration(wait) }) : words('profile.password.change')}
          </Button>
        </>
      }
    >
      <Form
        id={id}
        onSubmit={form.handleSubmit((input) => change.mutate(input))}
        errors={form.formState.errors}
        problem={<ProblemBanner error={problem} />}
      >
        {/* Tells password managers whose password it is. */}
        <input type="text" autoComplete="username" value={user.username} readOnly hidden />
        <PasswordField
          {...useField(form.control, 'currentPassword', { required: words('profile.password.currentMissing') })}
          label={words('profile.password.current')}
          autoComplete="current-password"
          autoFocus
        />
        <div className={styles.newPassword}>
          <PasswordField
            {...useField(form.control, 'password', {
              required: words('profile.password.newMissing'),
              validate: (value) =>
                new TextEncoder().encode(value).length >= shortest || words('profile.password.tooShort'),
            })}
            label={words('profile.password.new')}
            help={words('profile.password.help')}
            autoComplete="new-password"
          />
          <div aria-live="polite">
            <StrengthMeter strength={strength} />
          </div>
        </div>
      </Form>
    </Dialog>
  );
}

import { isProblem, type Proposal } from '@arca/sdk';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { arca } from '../api/arca.ts';
import { ProblemBanner } from '../api/problem-banner.tsx';
import { useSession } from '../session/use-session.ts';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Form, useField } from '../ui/form.tsx';
import { TextField } from '../ui/text-field.tsx';
import { FirstPasswordField } from './first-password-field.tsx';
import { HandOverDialog } from './hand-over-dialog.tsx';
import { useIsRefused, usePasswordRule } from './password-rules.ts';
import { RoleField } from './role-field.tsx';
import { readUsersAnew, useHasSecondAdmin } from './use-users.ts';
import { useEmailRule, useUsernameRule } from './user-rules.ts';

type AddUserDialogProps = { onClose: () => void; onAdded: (username: string) => void };
type Draft = { username: string; name: string; email: string; role: 'admin' | 'member'; password: string };

const empty: Draft = { username: '', name: '', email: '', role: 'member', password: '' };

/** Adds a user with a first password, which is then shown once more to be handed over. */
export function AddUserDialog({ onClose, onAdded }: AddUserDialogProps) {
  const words = useWords();
  const id = useId();
  const usernameRule = useUsernameRule();
  const emailRule = useEmailRule();
  const passwordRule = usePasswordRule();
  const isRefused = useIsRefused();
  const hasSecond = useHasSecondAdmin(useSession().user.username);
  const [added, setAdded] = useState<{ username: string; password: string; proposal: Proposal | null } | null>(null);
  const form = useForm<Draft>({ defaultValues: empty });
  const save = useMutation({
    mutationFn: (draft: Draft) => arca.users.add({ ...draft, username: draft.username.trim().toLowerCase() }),
    async onSuccess({ user, proposal }, { password }) {
      setAdded({ username: user.username, password, proposal });
      await readUsersAnew();
    },
    onError(error) {
      if (isProblem(error, 'username_taken')) {
        form.setError('username', { message: words('users.missing.usernameTaken') }, { shouldFocus: true });
      }
      if (isRefused(error, 'password')) {
        form.setError('password', { message: words('users.missing.passwordCommon') }, { shouldFocus: true });
      }
    },
  });
  const isBesideField = isProblem(save.error, 'username_taken') || isRefused(save.error, 'password');
  const username = useField(form.control, 'username', { validate: usernameRule });
  const name = useField(form.control, 'name');
  const email = useField(form.control, 'email', { validate: emailRule });
  const password = useField(form.control, 'password', { validate: passwordRule });
  if (added !== null) {
    return (
      <HandOverDialog
        {...added}
        onClose={() => {
          onClose();
          onAdded(added.username);
        }}
      />
    );
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      isDismissable={!form.formState.isDirty}
      title={words('users.add')}
      lead={words('users.addLead')}
      actions={
        <>
          <Button onPress={onClose}>{words('users.cancel')}</Button>
          <Button variant="primary" type="submit" form={id} isBusy={save.isPending}>
            {words('users.add')}
          </Button>
        </>
      }
    >
      <Form
        id={id}
        onSubmit={form.handleSubmit((draft) => save.mutate(draft))}
        errors={form.formState.errors}
        problem={<ProblemBanner error={isBesideField ? null : save.error} />}
      >
        <TextField
          {...username}
          label={words('users.fields.username')}
          help={words('users.help.username')}
          maxLength={64}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck="false"
          isMono
          autoFocus
        />
        <TextField {...name} label={words('users.fields.name')} maxLength={255} autoComplete="off" isOptional />
        <TextField
          {...email}
          label={words('users.fields.email')}
          type="email"
          maxLength={254}
          autoComplete="off"
          isOptional
        />
        <Controller
          control={form.control}
          name="role"
          render={({ field }) => (
            <RoleField
              value={field.value}
              onChange={field.onChange}
              onBlur={field.onBlur}
              takesTwo={hasSecond && field.value === 'admin'}
            />
          )}
        />
        <FirstPasswordField {...password} label={words('users.fields.password')} help={words('users.help.password')} />
      </Form>
    </Dialog>
  );
}

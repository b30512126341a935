import type { User } from '@arca/sdk';
import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useProposedToast } from '../admin/use-proposed-toast.ts';
import { arca } from '../api/arca.ts';
import { ProblemBanner } from '../api/problem-banner.tsx';
import { queries } from '../api/queries.ts';
import { keyOf } from '../api/query-keys.ts';
import { useSession } from '../session/use-session.ts';
import { useWords } from '../text/use-words.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Form, useField } from '../ui/form.tsx';
import { TextField } from '../ui/text-field.tsx';
import { showToast } from '../ui/toast.tsx';
import { RoleField } from './role-field.tsx';
import { readUsersAnew, useHasSecondAdmin } from './use-users.ts';
import { useEmailRule } from './user-rules.ts';

/** Name, e-mail address and role; the username stays for good. */
export function ChangeUserDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const words = useWords();
  const id = useId();
  const me = useSession().user.username;
  const emailRule = useEmailRule();
  const showProposed = useProposedToast();
  const hasSecond = useHasSecondAdmin(me);
  const before = { name: user.name, email: user.email ?? '', role: user.role ?? 'member' };
  const form = useForm({ defaultValues: before });
  const role = form.watch('role');
  const filled = { user: user.username };
  const save = useMutation({
    mutationFn: (values: typeof before) => arca.users.change({ username: user.username, ...values }),
    async onSuccess({ proposal }) {
      await readUsersAnew();
      if (user.username === me) void queries.invalidateQueries({ queryKey: keyOf('session') });
      showToast({ tone: 'success', text: words('users.changed', filled) });
      if (proposal) showProposed(proposal);
      onClose();
    },
  });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      isDismissable={!form.formState.isDirty}
      title={words('users.changeTitle', filled)}
      lead={words('users.changeLead')}
      actions={
        <>
          <Button onPress={onClose}>{words('users.cancel')}</Button>
          <Button variant="primary" type="submit" form={id} isBusy={save.isPending}>
            {words('users.save')}
          </Button>
        </>
      }
    >
      <Form
        id={id}
        onSubmit={form.handleSubmit((values) => save.mutate(values))}
        errors={form.formState.errors}
        problem={<ProblemBanner error={save.error} />}
      >
        <TextField
          {...useField(form.control, 'name')}
          label={words('users.fields.name')}
          maxLength={255}
          autoComplete="off"
          isOptional
          autoFocus
        />
        <TextField
          {...useField(form.control, 'email', { validate: emailRule })}
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
              takesTwo={hasSecond && role === 'admin' && before.role === 'member'}
            />
          )}
        />
        {role !== before.role && <Banner text={words('users.roleEnds', filled)} />}
      </Form>
    </Dialog>
  );
}

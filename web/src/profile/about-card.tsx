import type { Profile } from '@arca/sdk';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { arca } from '../api/arca.ts';
import { ProblemBanner } from '../api/problem-banner.tsx';
import { queries } from '../api/queries.ts';
import { keyOf } from '../api/query-keys.ts';
import { useFormProblems } from '../api/use-form-problems.ts';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Form, FormActions, useField } from '../ui/form.tsx';
import { TextField } from '../ui/text-field.tsx';
import { showToast } from '../ui/toast.tsx';
import styles from './profile.module.css';
import { useDraft } from './use-draft.ts';

/** Who one is here. What was typed and not saved is still there after a look at another page. */
export function AboutCard({ profile }: { profile: Profile }) {
  const words = useWords();
  const { date } = useFormats();
  const saved = { name: profile.name, email: profile.email };
  const form = useForm({ defaultValues: saved });
  const { forgetDraft } = useDraft(form);
  const save = useMutation({
    mutationFn: (input: { name: string; email: string }) => arca.profile.change(input),
    onSuccess: (next) => {
      queries.setQueryData(keyOf('profile', 'read'), next);
      void queries.invalidateQueries({ queryKey: keyOf('session') });
      form.reset({ name: next.name, email: next.email });
      forgetDraft();
      showToast({ tone: 'success', text: words('profile.about.saved') });
    },
  });
  const problem = useFormProblems(form, save.error);
  const { isDirty } = form.formState;
  return (
    <Card title={words('profile.about.title')}>
      <dl className={styles.facts}>
        <div>
          <dt>{words('profile.about.username')}</dt>
          <dd translate="no">{profile.username}</dd>
        </div>
        <div>
          <dt>{words('profile.about.role')}</dt>
          <dd>{words(`profile.about.roles.${profile.role}`)}</dd>
        </div>
        <div>
          <dt>{words('profile.about.since')}</dt>
          <dd>{date(new Date(profile.createdAt))}</dd>
        </div>
      </dl>
      <Form
        onSubmit={form.handleSubmit((input) => save.mutate(input))}
        errors={form.formState.errors}
        problem={<ProblemBanner error={problem} />}
      >
        <TextField
          {...useField(form.control, 'name')}
          label={words('profile.about.name')}
          help={words('profile.about.nameHelp')}
          autoComplete="name"
          maxLength={255}
          isOptional
        />
        <TextField
          {...useField(form.control, 'email')}
          label={words('profile.about.email')}
          help={words('profile.about.emailHelp')}
          type="email"
          autoComplete="email"
          maxLength={254}
          isOptional
        />
        <FormActions>
          {isDirty && (
            <Button onPress={() => form.reset(saved)} isDisabled={save.isPending}>
              {words('profile.about.discard')}
            </Button>
          )}
          <Button type="submit" variant="primary" isDisabled={!isDirty} isBusy={save.isPending}>
            {words('profile.about.save')}
          </Button>
        </FormActions>
      </Form>
    </Card>
  );
}

import type { Item } from '@arca/sdk';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useLocation } from 'wouter';
import { ProblemBanner } from '../../api/problem-banner.tsx';
import { useFieldProblems } from '../../api/problem-words.ts';
import { useWords } from '../../text/use-words.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Form, FormActions } from '../../ui/form.tsx';
import { useLeaveGuard } from '../../ui/leave-guard.ts';
import { Page } from '../../ui/page-layout.tsx';
import { useShortcut } from '../../ui/use-shortcut.ts';
import { formFieldsOf, type SecretName } from '../fields.ts';
import { besideList, type Kind, places } from '../kinds.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { changesOf, type DraftValues, draftOf, secretsOf } from './draft.ts';
import { FieldInput } from './field-input.tsx';
import { ReasonBox } from './reason-box.tsx';
import { SecretInput } from './secret-input.tsx';
import { secretsFrom, takeUp, valuesFrom } from './taken-up.ts';
import { useSaveItem } from './use-save-item.ts';

/** Makes an item, or changes the given one: only what was changed is sent. */
export function ItemForm({ kind, item }: { kind: Kind; item: Item | null }) {
  const words = useWords();
  const [, navigate] = useLocation();
  const [again] = useState(() => (item === null ? {} : takeUp(item)));
  const [secrets, setSecrets] = useState(() => ({ ...secretsOf(kind, item === null), ...secretsFrom(kind, again) }));
  const form = useForm<DraftValues>({
    defaultValues: { ...draftOf(item), ...valuesFrom(again) },
    shouldUnregister: false,
  });
  const changes = changesOf(kind, item, form.watch(), secrets);
  const isDirty = Object.keys(changes).length > 0;
  const guard = useLeaveGuard(isDirty);
  const fieldProblems = useFieldProblems();
  const back = item === null ? places[kind] : besideList(item);
  const save = useSaveItem({
    kind,
    item,
    onSaved: (name) => {
      guard.release();
      navigate(besideList(name));
    },
    onAgain: (name) => navigate(besideList(name, '/edit')),
    onRefused: (error) => {
      for (const { field, text } of fieldProblems(error)) {
        const name = formFieldsOf(kind).find((one) => field === one.name || field.startsWith(`${one.name}/`))?.name;
        if (name !== undefined) form.setError(name, { message: text });
      }
    },
  });
  const submit = form.handleSubmit(async () => {
    if (isDirty) await save.send(changes);
    else navigate(back);
  });
  useShortcut('Mod+S', () => void submit());
  return (
    <Page
      form="reading"
      title={item === null ? words(`items.kinds.${kind}.new`) : words('items.form.editTitle', { name: item.name })}
    >
      <Form onSubmit={submit} errors={form.formState.errors} problem={<ProblemBanner error={save.error} />}>
        {formFieldsOf(kind).map((field, at) => {
          const state = field.isSecret ? secrets[field.name as SecretName] : undefined;
          const isRequired = field.isRequired && (item === null || !field.isSecret);
          const input = (
            <FieldInput
              key={field.name}
              control={form.control}
              field={field}
              isRequired={isRequired}
              isFirst={at === 0}
            />
          );
          if (state === undefined) return input;
          return (
            <SecretInput
              key={field.name}
              item={item}
              field={field}
              state={state}
              onState={(next, value) => {
                if (value !== undefined) form.setValue(field.name, value);
                form.clearErrors(field.name);
                setSecrets({ ...secrets, [field.name]: next });
              }}
            >
              {input}
            </SecretInput>
          );
        })}
        {item?.role === 'owner' && <ReasonBox control={form.control} />}
        <FormActions>
          <Button onPress={() => navigate(back)}>{words('ui.cancel')}</Button>
          <Button type="submit" variant="primary" isBusy={save.isBusy}>
            {words('items.form.save')}
          </Button>
        </FormActions>
      </Form>
      {save.conflict && <ConflictDialog conflict={save.conflict} onSave={save.resolve} onClose={save.giveUp} />}
      <ConfirmDialog
        isOpen={guard.leaving !== null}
        onOpenChange={(isOpen) => !isOpen && guard.stay()}
        title={words('items.form.leaveTitle')}
        text={words('items.form.leaveText')}
        confirmLabel={words('items.form.leave')}
        isDangerous
        onConfirm={() => guard.leaving?.()}
      />
    </Page>
  );
}

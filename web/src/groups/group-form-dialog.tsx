import { isProblem } from '@arca/sdk';
import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { ProblemBanner } from '../api/problem-banner.tsx';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Form, useField } from '../ui/form.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import { showToast } from '../ui/toast.tsx';
import { findUsers } from '../users/find-users.ts';
import { NamesField } from '../users/names-field.tsx';
import type { Group, GroupDraft, GroupSort } from './group-sort.ts';
import styles from './groups.module.css';
import { readGroupsAnew } from './use-groups.ts';

type GroupFormDialogProps = {
  sort: GroupSort;
  /** Undefined to make a new one. */
  group?: Group;
  onClose: () => void;
  /** With the id of a new group. */
  onAdded?: (id: number) => void;
};

type Values = GroupDraft & { members: string[] };

/** Makes a group, or changes one. Mounted while it is open: it begins anew each time. */
export function GroupFormDialog({ sort, group, onClose, onAdded }: GroupFormDialogProps) {
  const words = useWords();
  const id = useId();
  const form = useForm<Values>({
    defaultValues: {
      name: group?.name ?? '',
      description: group?.description ?? '',
      membersVisible: group?.membersVisible ?? true,
      members: [],
    },
  });
  const save = useMutation({
    mutationFn: async ({ members, ...draft }: Values) => {
      if (group === undefined) return (await sort.add({ ...draft, members })).id;
      await sort.change(group.id, draft);
      return null;
    },
    async onSuccess(added, { name }) {
      await readGroupsAnew(sort);
      showToast({ tone: 'success', text: words(group ? 'groups.changed' : 'groups.added', { name: name.trim() }) });
      onClose();
      if (added !== null) onAdded?.(added);
    },
    onError(error) {
      if (isProblem(error, 'group_name_taken')) {
        form.setError('name', { message: words('groups.nameTaken') }, { shouldFocus: true });
      }
    },
  });
  const isTaken = isProblem(save.error, 'group_name_taken');
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      isDismissable={!form.formState.isDirty}
      title={group ? words('groups.changeTitle', { name: group.name }) : words(`groups.${sort.words}.addTitle`)}
      lead={group ? undefined : words(`groups.${sort.words}.addLead`)}
      actions={
        <>
          <Button onPress={onClose}>{words('groups.cancel')}</Button>
          <Button variant="primary" type="submit" form={id} isBusy={save.isPending}>
            {words(group ? 'groups.save' : `groups.${sort.words}.add`)}
          </Button>
        </>
      }
    >
      <Form
        id={id}
        onSubmit={form.handleSubmit((values) => save.mutate(values))}
        errors={form.formState.errors}
        problem={<ProblemBanner error={isTaken ? null : save.error} />}
      >
        <TextField
          {...useField(form.control, 'name', {
            validate: (name) => name.trim() !== '' || words('groups.nameMissing'),
          })}
          label={words('groups.name')}
          maxLength={255}
          autoComplete="off"
          autoFocus
        />
        <TextArea
          {...useField(form.control, 'description')}
          label={words('groups.description')}
          help={words('groups.descriptionHelp')}
          maxLength={1000}
          isOptional
        />
        <Controller
          control={form.control}
          name="membersVisible"
          render={({ field }) => (
            <Checkbox isSelected={field.value} onChange={field.onChange} onBlur={field.onBlur}>
              {words('groups.membersVisible')}
              <span className={styles.note}>{words('groups.membersVisibleHelp')}</span>
            </Checkbox>
          )}
        />
        {group === undefined && (
          <Controller
            control={form.control}
            name="members"
            render={({ field }) => (
              <NamesField
                label={words('groups.firstMembers')}
                help={words(sort.isPrivate ? 'groups.private.ownerHelp' : 'groups.firstMembersHelp')}
                placeholder={words('groups.addMemberPlaceholder')}
                find={findUsers}
                value={field.value}
                onChange={field.onChange}
                isOptional
              />
            )}
          />
        )}
      </Form>
    </Dialog>
  );
}

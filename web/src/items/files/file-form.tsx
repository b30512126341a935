import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useLocation } from 'wouter';
import { arca } from '../../api/arca.ts';
import { ProblemBanner } from '../../api/problem-banner.tsx';
import { queries } from '../../api/queries.ts';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Form, FormActions } from '../../ui/form.tsx';
import { useLeaveGuard } from '../../ui/leave-guard.ts';
import { Page } from '../../ui/page-layout.tsx';
import { showToast } from '../../ui/toast.tsx';
import { formFieldsOf } from '../fields.ts';
import { type DraftValues, draftOf } from '../form/draft.ts';
import { FieldInput } from '../form/field-input.tsx';
import { itemOf, refresh } from '../item-queries.ts';
import { besideList, places } from '../kinds.ts';
import { ChooseFile } from './choose-file.tsx';
import { UploadProgress } from './upload-progress.tsx';
import { useUpload } from './use-upload.ts';

/** A new file: chosen or dropped, named, and brought to the safe while one looks on. */
export function FileForm() {
  const words = useWords();
  const formats = useFormats();
  const [, navigate] = useLocation();
  const [file, setFile] = useState<File | null>(null);
  const [isMissing, setMissing] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const whole = useRef<string | null>(null); // an upload that came whole, and whose saving was refused
  const upload = useUpload();
  const form = useForm<DraftValues>({ defaultValues: draftOf(null) });
  const guard = useLeaveGuard(file !== null || form.formState.isDirty);
  const { data: room } = useQuery({ queryKey: ['uploads'], queryFn: () => arca.uploads.list() });
  const isBusy = upload.going !== null || form.formState.isSubmitting;

  const choose = (next: File) => {
    if (form.getValues('name') === '') form.setValue('name', next.name, { shouldDirty: true, shouldValidate: true });
    setFile(next);
    setMissing(false);
    whole.current = null;
  };
  const submit = form.handleSubmit(async ({ name, tags, notes }) => {
    setError(null);
    if (file === null) return setMissing(true);
    whole.current ??= await upload.give(file);
    if (whole.current === null) return;
    try {
      const made = await arca.items.createFile({ name, tags, notes: notes || null, upload: whole.current });
      upload.taken();
      queries.setQueryData(itemOf(made).queryKey, made);
      void refresh([made], true);
      showToast({ tone: 'success', text: words('items.saved.file'), detail: made.name });
      guard.release();
      navigate(besideList(made));
    } catch (thrown) {
      setError(thrown);
    }
  });
  return (
    <Page form="reading" title={words('items.kinds.file.new')}>
      <Form onSubmit={submit} errors={form.formState.errors} problem={<ProblemBanner error={error} />}>
        <ChooseFile
          file={file}
          error={isMissing ? words('items.files.missing') : undefined}
          isDisabled={isBusy}
          onFile={choose}
        />
        {room && (
          <p>
            {words('items.files.room', {
              used: formats.bytes(room.used),
              limit: formats.bytes(room.limit),
              perFile: formats.bytes(room.perFile),
            })}
          </p>
        )}
        {formFieldsOf('file').map((field) => (
          <FieldInput key={field.name} control={form.control} field={field} isRequired={field.isRequired} />
        ))}
        {file !== null && (
          <UploadProgress
            file={file}
            upload={upload}
            onResume={() => void submit()}
            onCancel={() => {
              upload.cancel();
              announce(words('items.files.cancelled'));
            }}
          />
        )}
        <FormActions>
          <Button onPress={() => navigate(places.file)}>{words('ui.cancel')}</Button>
          <Button type="submit" variant="primary" isBusy={isBusy}>
            {words('items.form.save')}
          </Button>
        </FormActions>
      </Form>
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

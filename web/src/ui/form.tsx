import type { ReactNode } from 'react';
import {
  type Control,
  type FieldPath,
  type FieldValues,
  type PathValue,
  type UseControllerProps,
  useController,
} from 'react-hook-form';
import styles from './form.module.css';

// The form itself is a file of its own: the sign-in, which everybody waits for, does without the library.
export { Form } from './form-body.tsx';

/** One field of a form as the props our fields take: `<TextField {...useField(form.control, 'name')} label="…" />`. */
export function useField<Values extends FieldValues, Name extends FieldPath<Values>>(
  control: Control<Values>,
  name: Name,
  rules?: UseControllerProps<Values, Name>['rules'],
) {
  const { field, fieldState } = useController({ control, name, rules });
  return {
    name: field.name as string,
    value: field.value as PathValue<Values, Name>,
    onChange: field.onChange as (value: PathValue<Values, Name>) => void,
    onBlur: field.onBlur,
    inputRef: field.ref,
    error: fieldState.error?.message,
  };
}

/** Fields that belong together, under a heading of their own. */
export function FieldGroup({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.title}>{title}</legend>
      {text !== undefined && <p className={styles.text}>{text}</p>}
      {children}
    </fieldset>
  );
}

/** The buttons at the end of a form, the one that saves last. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}

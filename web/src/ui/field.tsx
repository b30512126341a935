import type { ReactNode } from 'react';
import { FieldError, Label, Text } from 'react-aria-components';
import { useWords } from '../text/use-words.ts';
import styles from './field.module.css';

/** What every field of a form says: its name above, help and the error below. */
export type FieldWords = {
  label: string;
  help?: ReactNode;
  /** What to do about it, in words. The field is marked as invalid while this is set. */
  error?: string | undefined;
  /** Says "optional" beside the label; fields are required otherwise. */
  isOptional?: boolean;
};

export const fieldStyles = styles;

export function FieldLabel({ label, isOptional }: Pick<FieldWords, 'label' | 'isOptional'>) {
  const words = useWords();
  return (
    <Label className={styles.label}>
      {label}
      {isOptional && <span className={styles.optional}>{words('ui.optional')}</span>}
    </Label>
  );
}

export function FieldNotes({ help, error }: Pick<FieldWords, 'help' | 'error'>) {
  return (
    <>
      {help !== undefined && (
        <Text slot="description" className={styles.help}>
          {help}
        </Text>
      )}
      <FieldError className={styles.error}>{error}</FieldError>
    </>
  );
}

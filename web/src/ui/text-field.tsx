import type { LucideIcon } from 'lucide-react';
import type { Ref } from 'react';
import { TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps, Input } from 'react-aria-components';
import { FieldLabel, FieldNotes, type FieldWords, fieldStyles } from './field.tsx';
import { joinClasses } from './join-classes.ts';
import styles from './text-field.module.css';

export type TextFieldProps = Omit<
  AriaTextFieldProps,
  'className' | 'style' | 'children' | 'isInvalid' | 'validationBehavior' | 'isRequired'
> &
  FieldWords & {
    placeholder?: string;
    icon?: LucideIcon;
    /** For what is copied or compared sign by sign. */
    isMono?: boolean;
    /** `none` for usernames and the like, which a phone would begin in upper case. */
    autoCapitalize?: 'none';
    inputRef?: Ref<HTMLInputElement>;
  };

export function TextField({
  label,
  help,
  error,
  isOptional,
  placeholder,
  icon: Icon,
  isMono,
  autoCapitalize,
  inputRef,
  ...rest
}: TextFieldProps) {
  const input = (
    <Input
      ref={inputRef}
      placeholder={placeholder}
      autoCapitalize={autoCapitalize}
      className={joinClasses(fieldStyles.input, isMono && fieldStyles.mono)}
    />
  );
  return (
    <AriaTextField
      {...rest}
      isInvalid={error !== undefined}
      isRequired={!isOptional}
      validationBehavior="aria"
      className={fieldStyles.field}
    >
      <FieldLabel label={label} isOptional={isOptional} />
      {Icon ? (
        <div className={joinClasses(fieldStyles.box, styles.box)}>
          <Icon size={16} />
          {input}
        </div>
      ) : (
        input
      )}
      <FieldNotes help={help} error={error} />
    </AriaTextField>
  );
}

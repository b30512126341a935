import type { Ref } from 'react';
import { TextArea as AriaTextArea, TextField as AriaTextField } from 'react-aria-components';
import { FieldLabel, FieldNotes, fieldStyles } from './field.tsx';
import { joinClasses } from './join-classes.ts';
import type { TextFieldProps } from './text-field.tsx';

/** Grows with its text. */
export function TextArea({
  label,
  help,
  error,
  isOptional,
  placeholder,
  isMono,
  inputRef,
  ...rest
}: Omit<TextFieldProps, 'type' | 'icon' | 'inputRef'> & { inputRef?: Ref<HTMLTextAreaElement> }) {
  return (
    <AriaTextField
      {...rest}
      isInvalid={error !== undefined}
      isRequired={!isOptional}
      validationBehavior="aria"
      className={fieldStyles.field}
    >
      <FieldLabel label={label} isOptional={isOptional} />
      <AriaTextArea
        ref={inputRef}
        placeholder={placeholder}
        className={joinClasses(fieldStyles.input, fieldStyles.area, isMono && fieldStyles.mono)}
      />
      <FieldNotes help={help} error={error} />
    </AriaTextField>
  );
}

import { TextField as AriaTextField, Input } from 'react-aria-components';
import styles from './code-field.module.css';
import { FieldLabel, FieldNotes, fieldStyles } from './field.tsx';
import { joinClasses } from './join-classes.ts';
import type { TextFieldProps } from './text-field.tsx';

const length = 6;

type CodeFieldProps = Omit<
  TextFieldProps,
  'type' | 'icon' | 'isMono' | 'autoCapitalize' | 'autoComplete' | 'placeholder'
> & {
  /** Called once all six digits are there, typed, pasted or filled in by the browser. */
  onComplete?: (code: string) => void;
};

/** The six digits of an authenticator. Spaces that come with pasting are left out. */
export function CodeField({ label, help, error, isOptional, inputRef, onChange, onComplete, ...rest }: CodeFieldProps) {
  const change = (typed: string) => {
    const code = typed.replaceAll(/\D/g, '').slice(0, length);
    onChange?.(code);
    if (code.length === length && code !== rest.value) onComplete?.(code);
  };
  return (
    <AriaTextField
      {...rest}
      onChange={change}
      inputMode="numeric"
      autoComplete="one-time-code"
      isInvalid={error !== undefined}
      isRequired={!isOptional}
      validationBehavior="aria"
      className={fieldStyles.field}
    >
      <FieldLabel label={label} isOptional={isOptional} />
      <Input
        ref={inputRef}
        autoCorrect="off"
        spellCheck="false"
        className={joinClasses(fieldStyles.input, fieldStyles.mono, styles.code)}
      />
      <FieldNotes help={help} error={error} />
    </AriaTextField>
  );
}

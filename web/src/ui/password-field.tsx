import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { TextField as AriaTextField, Input } from 'react-aria-components';
import { useWords } from '../text/use-words.ts';
import { announce } from './announce.ts';
import { IconButton } from './button.tsx';
import { FieldLabel, FieldNotes, fieldStyles } from './field.tsx';
import { joinClasses } from './join-classes.ts';
import type { TextFieldProps } from './text-field.tsx';

/** Says to the password manager of the browser what it is by `autoComplete`: `current-password` or `new-password`. */
export function PasswordField({
  label,
  help,
  error,
  isOptional,
  placeholder,
  inputRef,
  ...rest
}: Omit<TextFieldProps, 'type' | 'icon' | 'isMono' | 'autoCapitalize'>) {
  const words = useWords();
  const [isShown, setShown] = useState(false);
  const toggle = () => {
    setShown(!isShown);
    announce(words(isShown ? 'ui.password.nowHidden' : 'ui.password.nowShown'));
  };
  return (
    <AriaTextField
      {...rest}
      type={isShown ? 'text' : 'password'}
      spellCheck="false"
      isInvalid={error !== undefined}
      isRequired={!isOptional}
      validationBehavior="aria"
      className={fieldStyles.field}
    >
      <FieldLabel label={label} isOptional={isOptional} />
      <div className={fieldStyles.box}>
        <Input
          ref={inputRef}
          autoCapitalize="none"
          placeholder={placeholder}
          className={joinClasses(fieldStyles.input, fieldStyles.mono)}
        />
        <IconButton
          isSmall
          isDisabled={rest.isDisabled}
          icon={isShown ? EyeOff : Eye}
          label={words(isShown ? 'ui.password.hide' : 'ui.password.show')}
          onPress={toggle}
        />
      </div>
      <FieldNotes help={help} error={error} />
    </AriaTextField>
  );
}

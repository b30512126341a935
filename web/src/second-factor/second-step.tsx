import { useState } from 'react';
import type { Control } from 'react-hook-form';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { CodeField } from '../ui/code-field.tsx';
import { useField } from '../ui/form.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './second-step.module.css';

/** To be among the values of the form. Only one of the two is filled in. */
export type SecondStepValues = { code: string; recoveryCode: string };

export const noSecondStep: SecondStepValues = { code: '', recoveryCode: '' };

/** As the safe takes it: one of the two, or none. */
export function secondStepOf({ code, recoveryCode }: SecondStepValues): { code?: string; recoveryCode?: string } {
  if (recoveryCode.trim() !== '') return { recoveryCode: recoveryCode.trim() };
  return code === '' ? {} : { code };
}

type SecondStepProps<Values extends SecondStepValues> = {
  control: Control<Values>;
  /** Sends the form once all digits are there. */
  onComplete?: () => void;
  hasFocus?: boolean;
};

/** The authenticator's code, or a recovery code in its place. */
export function SecondStep<Values extends SecondStepValues>({ control, ...rest }: SecondStepProps<Values>) {
  return <Fields control={control as unknown as Control<SecondStepValues>} {...rest} />;
}

function Fields({ control, onComplete, hasFocus = false }: SecondStepProps<SecondStepValues>) {
  const words = useWords();
  const [isRecovery, setRecovery] = useState(false);
  const [hasToggled, setToggled] = useState(false);
  const code = useField(control, 'code', {
    validate: (value) => isRecovery || /^\d{6}$/.test(value) || words('session.code.missing'),
  });
  const recoveryCode = useField(control, 'recoveryCode', {
    validate: (value) => !isRecovery || value.trim() !== '' || words('session.code.recoveryMissing'),
  });
  const toggle = () => {
    code.onChange('');
    recoveryCode.onChange('');
    setRecovery(!isRecovery);
    setToggled(true);
  };
  return (
    <div className={styles.step}>
      {isRecovery ? (
        <TextField
          {...recoveryCode}
          key="recovery"
          label={words('session.code.recovery')}
          help={words('session.code.recoveryHelp')}
          autoComplete="off"
          autoCorrect="off"
          spellCheck="false"
          isMono
          autoFocus
        />
      ) : (
        <CodeField
          {...code}
          key="code"
          label={words('session.code.label')}
          onComplete={() => setTimeout(() => onComplete?.())}
          autoFocus={hasFocus || hasToggled}
        />
      )}
      <Button variant="quiet" isSmall onPress={toggle}>
        {words(isRecovery ? 'session.code.useCode' : 'session.code.useRecovery')}
      </Button>
    </div>
  );
}

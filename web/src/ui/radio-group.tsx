import { RadioGroup as AriaRadioGroup, Radio } from 'react-aria-components';
import { FieldLabel, FieldNotes, type FieldWords, fieldStyles } from './field.tsx';
import styles from './radio-group.module.css';

type RadioGroupProps<Id extends string> = FieldWords & {
  options: { id: Id; label: string; note?: string; isDisabled?: boolean }[];
  value: Id | null;
  onChange: (value: Id) => void;
  onBlur?: () => void;
  name?: string;
  isDisabled?: boolean;
};

/** For two to six choices that want a word of explanation each. */
export function RadioGroup<Id extends string>({
  label,
  help,
  error,
  isOptional,
  options,
  onChange,
  ...rest
}: RadioGroupProps<Id>) {
  return (
    <AriaRadioGroup
      {...rest}
      onChange={(value) => onChange(value as Id)}
      isInvalid={error !== undefined}
      isRequired={!isOptional}
      validationBehavior="aria"
      className={fieldStyles.field}
    >
      <FieldLabel label={label} isOptional={isOptional} />
      <div className={styles.options}>
        {options.map((option) => (
          <Radio key={option.id} value={option.id} isDisabled={option.isDisabled} className={styles.radio}>
            <span className={styles.dot} />
            <span className={styles.words}>
              {option.label}
              {option.note && <span className={styles.note}>{option.note}</span>}
            </span>
          </Radio>
        ))}
      </div>
      <FieldNotes help={help} error={error} />
    </AriaRadioGroup>
  );
}

import { Minus, Plus } from 'lucide-react';
import type { Ref } from 'react';
import { NumberField as AriaNumberField, Button, Group, Input, type NumberFieldProps } from 'react-aria-components';
import { FieldLabel, FieldNotes, type FieldWords, fieldStyles } from './field.tsx';
import { joinClasses } from './join-classes.ts';
import styles from './number-field.module.css';

type Props = Omit<NumberFieldProps, 'className' | 'style' | 'children' | 'isInvalid' | 'isRequired'> &
  FieldWords & { inputRef?: Ref<HTMLInputElement> };

/** Its value is NaN while it is empty. */
export function NumberField({ label, help, error, isOptional, inputRef, ...rest }: Props) {
  return (
    <AriaNumberField
      {...rest}
      isInvalid={error !== undefined}
      isRequired={!isOptional}
      validationBehavior="aria"
      className={fieldStyles.field}
    >
      <FieldLabel label={label} isOptional={isOptional} />
      <Group className={joinClasses(fieldStyles.box, styles.box)}>
        <Button slot="decrement" className={styles.step}>
          <Minus size={16} />
        </Button>
        <Input ref={inputRef} className={joinClasses(fieldStyles.input, styles.number)} />
        <Button slot="increment" className={styles.step}>
          <Plus size={16} />
        </Button>
      </Group>
      <FieldNotes help={help} error={error} />
    </AriaNumberField>
  );
}

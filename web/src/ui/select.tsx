import { ChevronDown } from 'lucide-react';
import { Select as AriaSelect, Button, ListBox, Popover, SelectValue } from 'react-aria-components';
import { useWords } from '../text/use-words.ts';
import { FieldLabel, FieldNotes, type FieldWords, fieldStyles } from './field.tsx';
import { joinClasses } from './join-classes.ts';
import { type Option, OptionLine } from './option.tsx';
import { optionStyles } from './option-looks.ts';
import styles from './select.module.css';

type SelectProps<Id extends string> = FieldWords & {
  options: Option<Id>[];
  value: Id | null;
  onChange: (value: Id) => void;
  onBlur?: () => void;
  name?: string;
  placeholder?: string;
  isDisabled?: boolean;
};

/** For up to about fifteen choices that people know; above that a combobox. */
export function Select<Id extends string>({
  label,
  help,
  error,
  isOptional,
  options,
  value,
  onChange,
  placeholder,
  ...rest
}: SelectProps<Id>) {
  const words = useWords();
  return (
    <AriaSelect
      {...rest}
      value={value}
      onChange={(chosen) => chosen !== null && onChange(chosen as Id)}
      placeholder={placeholder ?? words('ui.choose')}
      isInvalid={error !== undefined}
      isRequired={!isOptional}
      validationBehavior="aria"
      className={fieldStyles.field}
    >
      <FieldLabel label={label} isOptional={isOptional} />
      <Button className={joinClasses(fieldStyles.box, styles.button)}>
        <SelectValue<Option> className={styles.value}>
          {({ selectedItem, defaultChildren }) => selectedItem?.label ?? defaultChildren}
        </SelectValue>
        <ChevronDown size={16} />
      </Button>
      <FieldNotes help={help} error={error} />
      <Popover className={joinClasses(optionStyles.panel, styles.panel)}>
        <ListBox items={options} className={optionStyles.list}>
          {(option) => <OptionLine option={option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

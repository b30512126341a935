import { ChevronDown } from 'lucide-react';
import type { Ref } from 'react';
import { ComboBox as AriaComboBox, Button, Input, type Key, ListBox, Popover } from 'react-aria-components';
import { useWords } from '../text/use-words.ts';
import comboboxStyles from './combobox.module.css';
import { FieldLabel, FieldNotes, type FieldWords, fieldStyles } from './field.tsx';
import { joinClasses } from './join-classes.ts';
import { type Option, OptionLine } from './option.tsx';
import { optionStyles } from './option-looks.ts';
import selectStyles from './select.module.css';
import { useAsyncOptions } from './use-async-options.ts';

type ComboboxProps<Id extends string> = FieldWords & {
  /** All options, or a function that finds those for what was typed; it is told when its answer is no longer wanted. */
  options: Option<Id>[] | ((typed: string, signal: AbortSignal) => Promise<Option<Id>[]>);
  value: Id | null;
  onChange: (value: Id | null) => void;
  /** What stands in the field for a value that was chosen earlier, while `options` is a function. */
  defaultText?: string;
  onBlur?: () => void;
  name?: string;
  placeholder?: string;
  isDisabled?: boolean;
  /** For one choice after the other into a list elsewhere: the field is empty again after each. */
  isEmptiedByChoice?: boolean;
  inputRef?: Ref<HTMLInputElement>;
};

export function Combobox<Id extends string>({
  label,
  help,
  error,
  isOptional,
  options,
  value,
  onChange,
  defaultText = '',
  placeholder,
  isEmptiedByChoice = false,
  inputRef,
  ...rest
}: ComboboxProps<Id>) {
  const words = useWords();
  const found = useAsyncOptions(typeof options === 'function' ? options : undefined, defaultText);
  const emptyText = words(found.hasFailed ? 'ui.combobox.failed' : 'ui.combobox.none');
  const source =
    typeof options === 'function'
      ? { items: found.options, inputValue: found.typed, onInputChange: found.setTyped, allowsEmptyCollection: true }
      : { defaultItems: options, allowsEmptyCollection: true };
  const choose = (chosen: Key | null) => {
    // With the text in our hands, React Aria does not write the chosen one into the field.
    const label = found.options.find(({ id }) => id === chosen)?.label;
    if (chosen !== null) found.setTyped(isEmptiedByChoice ? '' : (label ?? found.typed));
    onChange(chosen as Id | null);
  };
  return (
    <AriaComboBox<Option<Id>>
      {...rest}
      {...source}
      value={value}
      onChange={choose}
      menuTrigger="focus"
      isInvalid={error !== undefined}
      isRequired={!isOptional}
      validationBehavior="aria"
      className={fieldStyles.field}
    >
      <FieldLabel label={label} isOptional={isOptional} />
      <div className={fieldStyles.box}>
        <Input ref={inputRef} placeholder={placeholder} className={fieldStyles.input} />
        <Button className={comboboxStyles.arrow}>
          <ChevronDown size={16} />
        </Button>
      </div>
      <FieldNotes help={help} error={error} />
      <Popover className={joinClasses(optionStyles.panel, selectStyles.panel)}>
        <ListBox<Option<Id>>
          className={optionStyles.list}
          renderEmptyState={() => (
            <div className={optionStyles.empty}>{found.isLoading ? words('ui.combobox.searching') : emptyText}</div>
          )}
        >
          {(option) => <OptionLine option={option} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}

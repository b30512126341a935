import { X } from 'lucide-react';
import { type KeyboardEvent, type Ref, useState } from 'react';
import { Button, Input, Label, Tag, TagGroup, TagList, TextField } from 'react-aria-components';
import { useWords } from '../text/use-words.ts';
import { announce } from './announce.ts';
import { FieldLabel, FieldNotes, type FieldWords, fieldStyles } from './field.tsx';
import { joinClasses } from './join-classes.ts';
import styles from './tag-field.module.css';

type TagFieldProps = FieldWords & {
  value: string[];
  onChange: (value: string[]) => void;
  onBlur?: () => void;
  placeholder?: string;
  isDisabled?: boolean;
  inputRef?: Ref<HTMLInputElement>;
};

/** Enter or a comma adds what is typed, Backspace in the empty field removes the last tag. */
export function TagField({
  label,
  help,
  error,
  isOptional,
  value,
  onChange,
  onBlur,
  placeholder,
  ...rest
}: TagFieldProps) {
  const words = useWords();
  const [typed, setTyped] = useState('');
  const add = () => {
    const added = typed
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '');
    setTyped('');
    if (added.length > 0) onChange([...new Set([...value, ...added])]);
  };
  const remove = (removed: Set<unknown>) => {
    onChange(value.filter((tag) => !removed.has(tag)));
    announce(words('ui.tags.removed', { tag: [...removed].join(', ') }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.key === 'Enter' && typed.trim() !== '') || event.key === ',') {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && typed === '' && value.length > 0) remove(new Set(value.slice(-1)));
  };
  return (
    <div className={fieldStyles.field}>
      <TextField
        value={typed}
        onChange={setTyped}
        onKeyDown={onKeyDown}
        onBlur={() => {
          add();
          onBlur?.();
        }}
        isDisabled={rest.isDisabled}
        isInvalid={error !== undefined}
        validationBehavior="aria"
        className={fieldStyles.field}
      >
        <FieldLabel label={label} isOptional={isOptional} />
        <div className={joinClasses(fieldStyles.box, styles.box)}>
          {value.length > 0 && (
            <TagGroup onRemove={remove} className={styles.group}>
              <Label className="unseen">{label}</Label>
              <TagList items={value.map((tag) => ({ id: tag }))} className={styles.tags}>
                {({ id }) => (
                  <Tag id={id} textValue={id} className={styles.tag}>
                    {id}
                    <Button slot="remove" className={styles.remove}>
                      <X size={12} />
                    </Button>
                  </Tag>
                )}
              </TagList>
            </TagGroup>
          )}
          <Input
            ref={rest.inputRef}
            placeholder={value.length === 0 ? placeholder : undefined}
            className={joinClasses(fieldStyles.input, styles.input)}
          />
        </div>
        <FieldNotes help={help ?? words('ui.tags.help')} error={error} />
      </TextField>
    </div>
  );
}

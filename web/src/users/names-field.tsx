import { X } from 'lucide-react';
import { useId } from 'react';
import { useWords } from '../text/use-words.ts';
import { announce } from '../ui/announce.ts';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/button.tsx';
import type { FieldWords } from '../ui/field.tsx';
import type { Option } from '../ui/option.tsx';
import { NamePicker } from './name-picker.tsx';
import styles from './names-field.module.css';

type NamesFieldProps = FieldWords & {
  value: string[];
  onChange: (value: string[]) => void;
  find: (typed: string, signal: AbortSignal) => Promise<Option[]>;
  placeholder?: string;
  /** Groups rather than people. */
  isThing?: boolean;
};

/** Several people or groups, found one by one. */
export function NamesField({ value, onChange, isThing, ...rest }: NamesFieldProps) {
  const words = useWords();
  const id = useId();
  const remove = (name: string) => {
    onChange(value.filter((one) => one !== name));
    announce(words('users.names.removed', { name }));
    document.getElementById(id)?.querySelector('input')?.focus();
  };
  return (
    <div id={id} className={styles.field}>
      <NamePicker {...rest} without={value} onPick={(name) => onChange([...value, name])} />
      {value.length > 0 && (
        <ul className={styles.chosen} aria-label={rest.label}>
          {value.map((name) => (
            <li key={name} className={styles.name}>
              <Avatar size="small" name={name} isThing={isThing} />
              <span className={styles.text}>{name}</span>
              <IconButton isSmall icon={X} label={words('users.names.remove', { name })} onPress={() => remove(name)} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

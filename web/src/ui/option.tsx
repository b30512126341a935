import { Check, type LucideIcon } from 'lucide-react';
import { ListBoxItem, Text } from 'react-aria-components';
import styles from './option.module.css';

export type Option<Id extends string = string> = {
  id: Id;
  label: string;
  note?: string;
  icon?: LucideIcon;
  isDisabled?: boolean;
};

/** One line of a select or combobox. */
export function OptionLine({ option }: { option: Option }) {
  const { id, label, note, icon: Icon, isDisabled } = option;
  return (
    <ListBoxItem id={id} value={option} textValue={label} isDisabled={isDisabled} className={styles.option}>
      {({ isSelected }) => (
        <>
          {Icon && <Icon size={16} />}
          <span className={styles.words}>
            <Text slot="label">{label}</Text>
            {note && (
              <Text slot="description" className={styles.note}>
                {note}
              </Text>
            )}
          </span>
          {isSelected && <Check size={16} className={styles.check} />}
        </>
      )}
    </ListBoxItem>
  );
}

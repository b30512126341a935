import { X } from 'lucide-react';
import { useCallback } from 'react';
import type { Control } from 'react-hook-form';
import { type ItemName, readItem, spellItem } from '../../api/item-name.ts';
import { useFindItems, useItemCall } from '../../api/use-find-items.ts';
import { useItemNames } from '../../api/use-item-names.ts';
import { useWords } from '../../text/use-words.ts';
import { announce } from '../../ui/announce.ts';
import { IconButton } from '../../ui/button.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { useField } from '../../ui/form.tsx';
import type { KeyValues } from '../key-values.ts';
import styles from './items-field.module.css';

const mostItems = 1000;

/** Items found by a search and put into a list, one after the other. */
export function ItemsField({ control }: { control: Control<KeyValues> }) {
  const words = useWords();
  const findAny = useFindItems();
  const call = useItemCall();
  const {
    name: _,
    value,
    onChange,
    ...field
  } = useField(control, 'items', {
    validate: (items, { reach }) => {
      if (reach === 'all') return true;
      if (items.length === 0) return words('accessKeys.fields.itemsMissing');
      return items.length <= mostItems || words('accessKeys.fields.tooMany', { most: mostItems });
    },
  });
  const names = useItemNames(value);
  const find = useCallback(
    async (typed: string, signal: AbortSignal) => {
      const found = await findAny(typed, signal);
      return found.filter(({ id }) => !value.some((item) => spellItem(item) === id));
    },
    [findAny, value],
  );
  const nameOf = (item: ItemName) => names.get(spellItem(item)) ?? call(spellItem(item));
  const add = (id: string | null) => {
    const item = readItem(id ?? '');
    if (item === null || value.some((one) => spellItem(one) === id)) return;
    onChange([...value, item]);
    announce(words('accessKeys.fields.itemAdded', { name: nameOf(item) }));
  };
  const remove = (item: ItemName) => {
    onChange(value.filter((one) => spellItem(one) !== spellItem(item)));
    announce(words('accessKeys.fields.itemRemoved', { name: nameOf(item) }));
  };
  return (
    <div className={styles.field}>
      <Combobox
        {...field}
        label={words('accessKeys.fields.items')}
        help={words('accessKeys.fields.itemsHelp')}
        options={find}
        value={null}
        onChange={add}
        isEmptiedByChoice
        placeholder={words('accessKeys.fields.itemsPlaceholder')}
      />
      {value.length > 0 && (
        <ul aria-label={words('accessKeys.fields.itemsChosen', { count: value.length })} className={styles.items}>
          {value.map((item) => (
            <li key={spellItem(item)} className={styles.item}>
              <span className={styles.name}>{nameOf(item)}</span>
              {names.has(spellItem(item)) && <span className={styles.note}>{call(spellItem(item))}</span>}
              <IconButton
                isSmall
                icon={X}
                label={words('accessKeys.fields.itemRemove', { name: nameOf(item) })}
                onPress={() => remove(item)}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

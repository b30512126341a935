import { useCallback } from 'react';
import { Combobox } from '../ui/combobox.tsx';
import type { FieldWords } from '../ui/field.tsx';
import type { Option } from '../ui/option.tsx';

type NamePickerProps = FieldWords & {
  find: (typed: string, signal: AbortSignal) => Promise<Option[]>;
  /** What was chosen already, and is no longer offered. */
  without: readonly string[];
  onPick: (id: string) => void;
  placeholder?: string;
};

/** A combobox that gives away what is chosen and is empty again, ready for the next. */
export function NamePicker({ find, without, onPick, ...rest }: NamePickerProps) {
  const options = useCallback(
    async (typed: string, signal: AbortSignal) => {
      const found = await find(typed, signal);
      return found.filter(({ id }) => !without.includes(id));
    },
    [find, without],
  );
  return (
    <Combobox
      {...rest}
      options={options}
      value={null}
      isEmptiedByChoice
      onChange={(id) => {
        if (id !== null) onPick(id);
      }}
    />
  );
}

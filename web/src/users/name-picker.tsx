import { useCallback, useRef, useState } from 'react';
import { Combobox } from '../ui/combobox.tsx';
import type { FieldWords } from '../ui/field.tsx';
import type { Option } from '../ui/option.tsx';

type NamePickerProps = FieldWords & {
  find: (typed: string, signal: AbortSignal) => Promise<Option[]>;
  /** What was chosen already, and is no longer offered. */
  without: readonly string[];
  onPick: (id: string) => void;
  placeholder?: string;
  isDisabled?: boolean;
};

/** A combobox that gives away what is chosen and is empty again, ready for the next. */
export function NamePicker({ find, without, onPick, ...rest }: NamePickerProps) {
  const [round, setRound] = useState(0);
  const goesOn = useRef(false);
  const options = useCallback(
    async (typed: string, signal: AbortSignal) => {
      const found = await find(typed, signal);
      return found.filter(({ id }) => !without.includes(id));
    },
    [find, without],
  );
  return (
    <Combobox
      key={round}
      {...rest}
      options={options}
      value={null}
      inputRef={(input) => {
        if (input === null || !goesOn.current) return;
        goesOn.current = false;
        input.focus();
      }}
      onChange={(id) => {
        if (id === null) return;
        goesOn.current = true;
        setRound(round + 1);
        onPick(id);
      }}
    />
  );
}

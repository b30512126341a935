import { useState } from 'react';
import { isBlock } from '../api/address-rules.ts';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './editor.module.css';
import type { EditorProps } from './editor-props.ts';

export function AddressEditor({ address, onChoose }: EditorProps) {
  const words = useWords();
  const [typed, setTyped] = useState(address.from ?? '');
  const [isWrong, setWrong] = useState(false);
  return (
    <form
      noValidate
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        if (isBlock(typed.trim())) onChoose({ from: typed.trim() });
        else setWrong(true);
      }}
    >
      <TextField
        autoFocus
        isMono
        label={words('audit.filters.address')}
        help={words('audit.filters.addressHelp')}
        error={isWrong && !isBlock(typed.trim()) ? words('audit.filters.addressWrong') : undefined}
        value={typed}
        onChange={setTyped}
        autoComplete="off"
      />
      <Button type="submit" variant="primary">
        {words('audit.filters.act')}
      </Button>
    </form>
  );
}

import type { Control } from 'react-hook-form';
import { useWords } from '../../text/use-words.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { useField } from '../../ui/form.tsx';
import type { DraftValues } from './draft.ts';
import styles from './item-form.module.css';

/** For the owner: must others say why before they view it? */
export function ReasonBox({ control }: { control: Control<DraftValues> }) {
  const words = useWords();
  const { value, onChange, onBlur } = useField(control, 'justificationRequired');
  return (
    <div className={styles.reason}>
      <Checkbox isSelected={value} onChange={onChange} onBlur={onBlur}>
        {words('items.reason.ask')}
      </Checkbox>
      <p className={styles.note}>{words('items.reason.askHelp')}</p>
    </div>
  );
}

import { Check, CircleDashed } from 'lucide-react';
import { TextArea } from '../../ui/text-area.tsx';
import type { TextFieldProps } from '../../ui/text-field.tsx';
import { linesOf } from '../lines.ts';
import styles from './rules-field.module.css';

type RulesFieldProps = Pick<TextFieldProps, 'name' | 'label' | 'help' | 'error' | 'placeholder' | 'onBlur'> & {
  value: string;
  onChange: (value: string) => void;
  inputRef: (instance: HTMLTextAreaElement | null) => void;
  /** What a line means, in words; null while it means nothing. */
  explain: (line: string) => string | null;
  /** In place of a meaning. */
  notYet: string;
};

/** One rule below the other; what each means is said while it is typed. */
export function RulesField({ explain, notYet, ...field }: RulesFieldProps) {
  const rules = linesOf(field.value);
  return (
    <div className={styles.field}>
      <TextArea {...field} isOptional isMono autoComplete="off" spellCheck="false" />
      {rules.length > 0 && (
        <ul aria-live="polite" className={styles.rules}>
          {rules.map((rule) => {
            const meaning = explain(rule);
            const Icon = meaning === null ? CircleDashed : Check;
            return (
              <li key={rule} data-known={meaning !== null} className={styles.rule}>
                <Icon size={14} />
                <code className={styles.text}>{rule}</code>
                <span>{meaning ?? notYet}</span>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

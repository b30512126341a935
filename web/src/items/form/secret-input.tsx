import type { Item } from '@arca/sdk';
import { Eraser, KeyRound, Pencil, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useWords } from '../../text/use-words.ts';
import { Button } from '../../ui/button.tsx';
import { showToast } from '../../ui/toast.tsx';
import type { ItemField, SecretName } from '../fields.ts';
import { revealField } from '../reveal.ts';
import { useExplain } from '../use-explain.ts';
import type { SecretState } from './draft.ts';
import styles from './item-form.module.css';

type SecretInputProps = {
  /** Null while it is being made: then there is nothing to keep. */
  item: Item | null;
  field: ItemField;
  state: SecretState;
  onState: (state: SecretState, value?: string) => void;
  /** The field to type in. */
  children: ReactNode;
};

const mask = '••••••••••••';

/** A secret of an item in its form: it stays as it is, unread, until somebody changes or clears it. */
export function SecretInput({ item, field, state, onState, children }: SecretInputProps) {
  const words = useWords();
  const explain = useExplain();
  const [isBusy, setBusy] = useState(false);
  const label = words(`items.fields.${field.name}`);
  const name = field.name as SecretName;
  const isText = field.type === 'text';
  const type = async () => {
    if (!isText || item === null) return onState({ mode: 'typed', original: null }, '');
    setBusy(true);
    try {
      const original = await revealField(item, name);
      onState({ mode: 'typed', original }, original);
    } catch (error) {
      const text = explain(error);
      if (text !== null) showToast({ tone: 'danger', text });
    } finally {
      setBusy(false);
    }
  };
  const keep = (
    <Button isSmall variant="quiet" icon={Undo2} onPress={() => onState({ mode: 'kept' }, '')}>
      {words('items.form.keep')}
    </Button>
  );
  if (state.mode === 'typed')
    return (
      <div className={styles.secret}>
        {children}
        {item !== null && <div>{keep}</div>}
      </div>
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a value with its acts, not fields
    <div role="group" aria-label={label} className={styles.kept}>
      <span aria-hidden="true" className={styles.label}>
        {label}
      </span>
      <div className={styles.keptLine}>
        {state.mode === 'cleared' ? (
          <span className={styles.note}>{words('items.form.cleared')}</span>
        ) : (
          <span role="img" aria-label={words('ui.secret.masked', { label })} className={styles.mask}>
            {mask}
          </span>
        )}
        <span className={styles.keptActs}>
          {state.mode === 'cleared' ? (
            keep
          ) : (
            <>
              <Button isSmall icon={isText ? Pencil : KeyRound} isBusy={isBusy} onPress={() => void type()}>
                {words(isText ? 'items.form.viewAndEdit' : 'items.form.change')}
                <span className="unseen"> {label}</span>
              </Button>
              {!field.isRequired && (
                <Button isSmall variant="quiet" icon={Eraser} onPress={() => onState({ mode: 'cleared' }, '')}>
                  {words('items.form.clear')}
                  <span className="unseen"> {label}</span>
                </Button>
              )}
            </>
          )}
        </span>
      </div>
    </div>
  );
}

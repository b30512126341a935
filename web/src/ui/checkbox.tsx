import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaCheckboxProps } from 'react-aria-components';
import styles from './checkbox.module.css';
import { joinClasses } from './join-classes.ts';

type CheckboxProps = Omit<AriaCheckboxProps, 'className' | 'style' | 'children'> & {
  /** Without it `aria-label` must name the box. */
  children?: ReactNode;
};

export function Checkbox({ children, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox {...rest} className={styles.checkbox}>
      {({ isIndeterminate }) => (
        <>
          <span className={styles.box}>{isIndeterminate ? <Minus size={14} /> : <Check size={14} />}</span>
          {children !== undefined && <span>{children}</span>}
        </>
      )}
    </AriaCheckbox>
  );
}

type PlainCheckboxProps = {
  label: string;
  isSelected: boolean;
  isInTabOrder: boolean;
  onChange: () => void;
};

/** The same box of the browser's own: a list that is scrolled makes hundreds of them. */
export function PlainCheckbox({ label, isSelected, isInTabOrder, onChange }: PlainCheckboxProps) {
  return (
    <label className={joinClasses(styles.checkbox, styles.plain)} data-selected={isSelected || undefined}>
      <input
        type="checkbox"
        className="unseen"
        aria-label={label}
        checked={isSelected}
        tabIndex={isInTabOrder ? 0 : -1}
        onChange={onChange}
      />
      <span className={styles.box}>
        <Check size={14} />
      </span>
    </label>
  );
}

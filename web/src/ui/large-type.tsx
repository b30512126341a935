import { useWords } from '../text/use-words.ts';
import { Dialog } from './dialog.tsx';
import { joinClasses } from './join-classes.ts';
import styles from './large-type.module.css';
import { kindOf } from './secret-signs.ts';

type LargeTypeProps = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void; label: string; text: string };

/** A secret sign by sign, each with its place, to read aloud. */
export function LargeType({ isOpen, onOpenChange, label, text }: LargeTypeProps) {
  const words = useWords();
  return (
    <Dialog form="wide" isOpen={isOpen} onOpenChange={onOpenChange} title={label} lead={words('ui.secret.largeHelp')}>
      <ol className={styles.signs} translate="no">
        {[...text].map((sign, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a sign's place is its identity
          <li key={at} className={styles.sign}>
            <span className={joinClasses(styles.glyph, styles[kindOf(sign)])}>{sign === ' ' ? '␣' : sign}</span>
            <span aria-hidden="true" className={styles.place}>
              {at + 1}
            </span>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

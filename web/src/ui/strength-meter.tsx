import { useWords } from '../text/use-words.ts';
import styles from './strength-meter.module.css';

export type Strength = 'pending' | 'undefined' | 'poor' | 'bad' | 'good' | 'best';

const bars: Record<Strength, number> = { pending: 0, undefined: 0, poor: 1, bad: 2, good: 3, best: 4 };

type StrengthMeterProps = {
  strength: Strength;
  /** What would make it better, in a sentence. */
  advice?: string;
  /** Bars and word in one line, for rows. */
  isSmall?: boolean;
};

/** How hard a password is to guess: a word, and bars that say the same. */
export function StrengthMeter({ strength, advice, isSmall }: StrengthMeterProps) {
  const words = useWords();
  return (
    <div className={styles.meter} data-strength={strength} data-small={isSmall || undefined}>
      <span aria-hidden="true" className={styles.bars}>
        {[1, 2, 3, 4].map((bar) => (
          <span key={bar} className={styles.bar} data-on={bar <= bars[strength] || undefined} />
        ))}
      </span>
      <span className={styles.word}>
        <span className="unseen">{words('ui.strength.label')}: </span>
        {words(`ui.strength.${strength}`)}
      </span>
      {advice !== undefined && <span className={styles.advice}>{advice}</span>}
    </div>
  );
}

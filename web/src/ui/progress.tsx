import { Label, ProgressBar } from 'react-aria-components';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import styles from './progress.module.css';

type ProgressProps = {
  label: string;
  done: number;
  /** Undefined while nobody knows. */
  total?: number;
  /** Per second, as measured by the caller. */
  rate?: number;
};

/** Long work: how much is done, how fast, and how long it still takes. */
export function Progress({ label, done, total, rate }: ProgressProps) {
  const words = useWords();
  const formats = useFormats();
  const left = total !== undefined && rate !== undefined && rate > 0 ? (total - done) / rate : undefined;
  const facts = [
    total === undefined
      ? formats.number(done)
      : words('ui.progress.of', { done: formats.number(done), total: formats.number(total) }),
    rate !== undefined && words('ui.progress.rate', { rate: formats.number(Math.round(rate)) }),
    left !== undefined && left > 0 && words('ui.progress.left', { time: formats.duration(left) }),
  ].filter(Boolean);
  return (
    <ProgressBar
      value={done}
      maxValue={total ?? 1}
      isIndeterminate={total === undefined}
      valueLabel={facts.join(', ')}
      className={styles.progress}
    >
      {({ percentage = 0, isIndeterminate }) => (
        <>
          <Label className={styles.label}>{label}</Label>
          <span className={styles.track}>
            <span
              className={isIndeterminate ? styles.unknown : styles.fill}
              style={isIndeterminate ? undefined : { inlineSize: `${percentage}%` }}
            />
          </span>
          <span className={styles.facts}>{facts.join(' · ')}</span>
        </>
      )}
    </ProgressBar>
  );
}

import type { ReactNode } from 'react';
import { useWords } from '../text/use-words.ts';
import { CopyButton } from './copy-button.tsx';
import styles from './one-time-code.module.css';
import { Ring } from './ring.tsx';
import { useSecondsUntil } from './use-seconds.ts';

type OneTimeCodeProps = {
  label: string;
  code: string;
  /** When it changes, in ms since 1970. */
  until: number;
  /** In seconds. */
  period: number;
  /** Buttons beside the one that copies. */
  beside?: ReactNode;
};

/** A code with its countdown; the caller fetches the next one when `until` has passed. */
export function OneTimeCode({ label, code, until, period, beside }: OneTimeCodeProps) {
  const words = useWords();
  const left = useSecondsUntil(until);
  const half = Math.ceil(code.length / 2);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a value with its acts, not fields
    <div role="group" aria-label={label} className={styles.code}>
      <span className={styles.digits} translate="no">
        <span>{code.slice(0, half)}</span>
        <span>{code.slice(half)}</span>
      </span>
      <span className={styles.left}>
        <Ring share={left / period} isUrgent={left <= 5} />
        <span className={styles.seconds}>{words('ui.code.left', { count: left })}</span>
      </span>
      {beside}
      <CopyButton label={label} text={code} isSecret />
    </div>
  );
}

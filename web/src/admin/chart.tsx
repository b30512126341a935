import type { ReactNode } from 'react';
import styles from './panel.module.css';

/** A place for a chart in the panel. */
export function Chart({ isWide, children }: { isWide?: boolean; children: ReactNode }) {
  return (
    <div className={styles.chart} data-wide={isWide || undefined}>
      {children}
    </div>
  );
}

/** Where there is nothing to draw. */
export function QuietChart({ title, text }: { title: string; text: string }) {
  return (
    <div className={styles.quiet}>
      <span className={styles.quietTitle}>{title}</span>
      <p>{text}</p>
    </div>
  );
}

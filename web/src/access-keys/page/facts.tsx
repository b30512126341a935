import type { ReactNode } from 'react';
import styles from './facts.module.css';

/** What is so, one below the other: a name and its value; what could be changed has its link at the end. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

type FactProps = { name: string; action?: ReactNode; children: ReactNode };

export function Fact({ name, action, children }: FactProps) {
  return (
    <div className={styles.fact}>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.value}>{children}</dd>
      {action !== undefined && <dd className={styles.action}>{action}</dd>}
    </div>
  );
}

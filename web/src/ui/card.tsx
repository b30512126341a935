import type { ReactNode } from 'react';
import styles from './card.module.css';

type CardProps = {
  title?: string;
  /** The level of the title in the page's outline. */
  level?: 2 | 3;
  /** Small buttons or links beside the title. */
  actions?: ReactNode;
  children: ReactNode;
  /** For tables and lists that reach to the edge. */
  isFlush?: boolean;
};

export function Card({ title, level = 2, actions, children, isFlush }: CardProps) {
  const Title = `h${level}` as const;
  return (
    <section className={styles.card}>
      {title !== undefined && (
        <header className={styles.header}>
          <Title className={styles.title}>{title}</Title>
          {actions}
        </header>
      )}
      <div className={isFlush ? styles.flush : styles.content}>{children}</div>
    </section>
  );
}

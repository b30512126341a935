import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

type EmptyStateProps = {
  icon: LucideIcon;
  title: string;
  text: string;
  /** Of its title in the page's outline: 1 where it is the whole page. */
  level?: 1 | 2 | 3;
  /** The one next act; a link to more may stand beside it. */
  action?: ReactNode;
};

/** Teaches the next act where a list has nothing yet, or says what to change where a filter found nothing. */
export function EmptyState({ icon: Icon, title, text, level = 2, action }: EmptyStateProps) {
  const Title = `h${level}` as const;
  return (
    <div className={styles.empty}>
      <span className={styles.icon}>
        <Icon size={24} />
      </span>
      <Title className={styles.title}>{title}</Title>
      <p className={styles.text}>{text}</p>
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  );
}

import { type ReactNode, useEffect } from 'react';
import { useWords } from '../text/use-words.ts';
import styles from './page-layout.module.css';

type PageProps = {
  title: string;
  /** Breadcrumbs or a way back. */
  above?: ReactNode;
  /** Beside the title: a badge. */
  mark?: ReactNode;
  lead?: string;
  /** Below the title: filters, tabs. */
  below?: ReactNode;
  /** At the end of the title's line; the primary button last. */
  actions?: ReactNode;
  /** `reading` for one thing, `wide` for cards, `filled` for a table that scrolls inside. */
  form?: 'reading' | 'wide' | 'filled';
  children: ReactNode;
};

/** One page in the frame: its only h1, which is the title of the window too. */
export function Page({ title, above, mark, lead, below, actions, form = 'wide', children }: PageProps) {
  const words = useWords();
  useEffect(() => {
    const before = document.title;
    document.title = `${title} · ${words('app.name')}`;
    // The list beside a detail that is closed has its title back.
    return () => {
      document.title = before;
    };
  }, [title, words]);
  return (
    <div className={styles.page} data-form={form}>
      <header className={styles.header}>
        {above}
        <div className={styles.line}>
          <h1 className={styles.title}>{title}</h1>
          {mark}
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </div>
        {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        {below !== undefined && <div className={styles.below}>{below}</div>}
      </header>
      {children}
    </div>
  );
}

import { type ReactNode, useEffect } from 'react';
import { useWords } from '../text/use-words.ts';
import { Mark } from '../ui/mark.tsx';
import { Brand } from './brand.tsx';
import { Preferences } from './preferences.tsx';
import styles from './sign-in-layout.module.css';

type SignInLayoutProps = {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
  /** Under the card. */
  below?: ReactNode;
  isWide?: boolean;
};

/** The calm page around all that happens before the app is open. It names the safe: whoever signs in should know which. */
export function SignInLayout({ title, lead, children, below, isWide }: SignInLayoutProps) {
  const words = useWords();
  useEffect(() => {
    document.title = `${title} · ${words('app.name')}`;
  }, [title, words]);
  return (
    <div className={styles.page} data-wide={isWide || undefined}>
      <Brand />
      <header className={styles.top}>
        <Preferences />
      </header>
      <main className={styles.main}>
        <span className={styles.mark}>
          <Mark size={44} />
        </span>
        <h1 className={styles.title}>{title}</h1>
        {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        <div className={styles.card}>{children}</div>
        {below}
      </main>
      <footer className={styles.foot}>
        {words('app.name')} · <span translate="no">{location.host}</span>
      </footer>
    </div>
  );
}

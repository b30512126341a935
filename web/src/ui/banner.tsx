import { CircleCheck, Info, type LucideIcon, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './banner.module.css';
import { joinClasses } from './join-classes.ts';

export type Tone = 'neutral' | 'danger' | 'warning' | 'success';

const icons: Record<Tone, LucideIcon> = {
  neutral: Info,
  danger: OctagonAlert,
  warning: TriangleAlert,
  success: CircleCheck,
};

type BannerProps = {
  tone?: Tone;
  title?: string;
  text: ReactNode;
  /** The next step, as a small button or a link. */
  action?: ReactNode;
};

/** Said within the page, where it matters. What went wrong is announced at once. */
export function Banner({ tone = 'neutral', title, text, action }: BannerProps) {
  const Icon = icons[tone];
  return (
    <div role={tone === 'danger' ? 'alert' : undefined} className={joinClasses(styles.banner, styles[tone])}>
      <Icon size={18} />
      <div className={styles.words}>
        {title !== undefined && <strong className={styles.title}>{title}</strong>}
        <div>{text}</div>
      </div>
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  );
}

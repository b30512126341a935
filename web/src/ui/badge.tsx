import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './badge.module.css';
import type { Tone } from './banner.tsx';
import { joinClasses } from './join-classes.ts';

type BadgeProps = { tone?: Tone | 'accent'; icon?: LucideIcon; children: ReactNode };

/** A state in a word or two. The word says it; the colour only helps. */
export function Badge({ tone = 'neutral', icon: Icon, children }: BadgeProps) {
  return (
    <span className={joinClasses(styles.badge, styles[tone])}>
      {Icon && <Icon size={12} />}
      {children}
    </span>
  );
}

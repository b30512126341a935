import styles from './avatar.module.css';
import { joinClasses } from './join-classes.ts';

type AvatarProps = {
  name: string;
  size?: 'small' | 'regular' | 'large';
  /** Square, for groups and access keys. */
  isThing?: boolean;
};

/** The initials of a name that stands beside it; screen readers hear the name alone, so they are no text of the page. */
export function Avatar({ name, size = 'regular', isThing }: AvatarProps) {
  return (
    <span
      aria-hidden="true"
      data-initials={initials(name)}
      className={joinClasses(styles.avatar, styles[size], isThing && styles.thing)}
    />
  );
}

function initials(name: string): string {
  const parts = name.split(/[\s._-]+/).filter((part) => /^\p{L}|^\p{N}/u.test(part));
  const first = [...(parts[0] ?? '?')][0] ?? '';
  const last = parts.length > 1 ? ([...(parts.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

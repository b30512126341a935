import type { LucideIcon } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps, Link as AriaLink } from 'react-aria-components';
import { useWords } from '../text/use-words.ts';
import styles from './button.module.css';
import { joinClasses } from './join-classes.ts';
import { Tooltip } from './tooltip.tsx';

type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

type Look = { variant?: ButtonVariant; isSmall?: boolean };

export type ButtonProps = Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'isPending'> &
  Look & {
    children: ReactNode;
    icon?: LucideIcon;
    /** Shows a spinner, keeps the focus and the width, and takes no press; said to screen readers. */
    isBusy?: boolean;
    isWide?: boolean;
  };

/** At most one primary button is in sight at a time. */
export function Button({
  variant = 'secondary',
  isSmall,
  isWide,
  icon: Icon,
  isBusy = false,
  children,
  ...rest
}: ButtonProps) {
  const words = useWords();
  return (
    <AriaButton
      {...rest}
      isPending={isBusy}
      className={joinClasses(styles.button, styles[variant], isSmall && styles.small, isWide && styles.wide)}
    >
      <span className={styles.content} data-hidden={isBusy || undefined}>
        {Icon && <Icon size={16} />}
        {children}
      </span>
      {isBusy && <Spinner label={words('ui.busy')} />}
    </AriaButton>
  );
}

type ButtonLinkProps = Look & {
  href: string;
  children: ReactNode;
  icon?: LucideIcon;
  isWide?: boolean;
  /** Away from the safe, in a new tab that knows nothing of this one. */
  isForeign?: boolean;
  'aria-label'?: string;
};

/** A way to another page that looks like a button: it can be opened in a new tab. */
export function ButtonLink({
  variant = 'secondary',
  isSmall,
  isWide,
  icon: Icon,
  isForeign,
  children,
  ...rest
}: ButtonLinkProps) {
  return (
    <AriaLink
      {...rest}
      {...(isForeign ? { target: '_blank', rel: 'noopener noreferrer' } : {})}
      className={joinClasses(
        styles.button,
        styles.link,
        styles[variant],
        isSmall && styles.small,
        isWide && styles.wide,
      )}
    >
      <span className={styles.content}>
        {Icon && <Icon size={16} />}
        {children}
      </span>
    </AriaLink>
  );
}

type IconButtonProps = Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'aria-label'> &
  Look & {
    /** The button's name; shown as a tooltip too. */
    label: string;
    icon: LucideIcon;
    /** Keys that do the same, shown in the tooltip. */
    keys?: string[];
    ref?: Ref<HTMLButtonElement>;
  };

/** A square button with an icon alone. */
export function IconButton({ variant = 'quiet', isSmall, label, icon: Icon, keys, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={joinClasses(styles.button, styles.icon, styles[variant], isSmall && styles.small)}
      >
        <Icon size={isSmall ? 16 : 18} />
      </AriaButton>
    </Tooltip>
  );
}

/** Only inside buttons: elsewhere a skeleton or a progress bar says more. */
function Spinner({ label }: { label: string }) {
  return (
    <span className={styles.spinner} role="img" aria-label={label}>
      <svg viewBox="0 0 16 16" width={16} height={16} fill="none" strokeWidth={2} aria-hidden="true">
        <circle cx={8} cy={8} r={6.5} stroke="currentColor" opacity={0.25} />
        <path d="M8 1.5A6.5 6.5 0 0 1 14.5 8" stroke="currentColor" strokeLinecap="round" />
      </svg>
    </span>
  );
}

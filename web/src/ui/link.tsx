import { Link as AriaLink, type LinkProps as AriaLinkProps } from 'react-aria-components';
import { joinClasses } from './join-classes.ts';
import styles from './link.module.css';

type LinkProps = Omit<AriaLinkProps, 'className' | 'style'> & {
  /** Underlined only when pointed at: for lists where every line is a link. */
  isQuiet?: boolean;
};

/** Within the app it changes the screen without loading the page. */
export function Link({ isQuiet, ...rest }: LinkProps) {
  return <AriaLink {...rest} className={joinClasses(styles.link, isQuiet && styles.quiet)} />;
}

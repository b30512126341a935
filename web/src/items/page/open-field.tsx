import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../text/use-words.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Link } from '../../ui/link.tsx';
import { safeLink } from '../safe-link.ts';
import styles from './field.module.css';

/** A field that anybody may read who sees the item, in line with the secret ones. */
export function OpenField({ label, text }: { label: string; text: string }) {
  return (
    <Line label={label} actions={<CopyButton label={label} text={text} />}>
      <span className={styles.text}>{text}</span>
    </Line>
  );
}

/** An address as a link where it is one that may be followed. */
export function UrlField({ label, url }: { label: string; url: string }) {
  const words = useWords();
  const href = safeLink(url);
  return (
    <Line
      label={label}
      actions={
        <>
          {href !== null && (
            <ButtonLink isSmall isForeign icon={ExternalLink} href={href}>
              {words('items.acts.openShort')}
            </ButtonLink>
          )}
          <CopyButton label={label} text={url} />
        </>
      }
    >
      {href === null ? (
        <span className={styles.text}>{url}</span>
      ) : (
        <Link href={href} target="_blank" rel="noopener noreferrer">
          <span className={styles.text}>{url}</span>
        </Link>
      )}
    </Line>
  );
}

type LineProps = { label: string; actions?: ReactNode; children: ReactNode };

/** A name, a value and what can be done with it. */
export function Line({ label, actions, children }: LineProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a value with its acts, not fields
    <div role="group" aria-label={label} className={styles.line}>
      <span aria-hidden="true" className={styles.label}>
        {label}
      </span>
      <div className={styles.value}>{children}</div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

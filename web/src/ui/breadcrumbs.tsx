import { ChevronRight } from 'lucide-react';
import { Breadcrumbs as AriaBreadcrumbs, Breadcrumb } from 'react-aria-components';
import { useWords } from '../text/use-words.ts';
import styles from './breadcrumbs.module.css';
import { Link } from './link.tsx';

/** The way to this page; the last step is the page itself and has no `href`. */
export function Breadcrumbs({ steps }: { steps: { label: string; href?: string }[] }) {
  const words = useWords();
  return (
    <nav aria-label={words('ui.breadcrumbs')}>
      <AriaBreadcrumbs className={styles.steps}>
        {steps.map(({ label, href }) => (
          <Breadcrumb key={label} className={styles.step}>
            {href === undefined ? (
              <span aria-current="page" className={styles.here}>
                {label}
              </span>
            ) : (
              <>
                <Link isQuiet href={href}>
                  {label}
                </Link>
                <ChevronRight size={14} />
              </>
            )}
          </Breadcrumb>
        ))}
      </AriaBreadcrumbs>
    </nav>
  );
}

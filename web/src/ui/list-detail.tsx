import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../text/use-words.ts';
import { Link } from './link.tsx';
import styles from './list-detail.module.css';

type ListDetailProps = {
  list: ReactNode;
  /** Undefined while nothing is chosen. */
  detail?: ReactNode;
  /** Back to the list, where both do not fit side by side. */
  listHref: string;
};

/** From 1100 px the list with the chosen thing beside it; below, one after the other. The list keeps its place. */
export function ListDetail({ list, detail, listHref }: ListDetailProps) {
  const words = useWords();
  const isOpen = detail !== undefined;
  return (
    <div className={styles.both} data-open={isOpen || undefined}>
      <section aria-label={words('ui.detail.list')} className={styles.list}>
        {list}
      </section>
      {isOpen && (
        <section aria-label={words('ui.detail.item')} className={styles.detail}>
          <div className={styles.back}>
            <Link isQuiet href={listHref}>
              <span className={styles.backText}>
                <ArrowLeft size={16} />
                {words('ui.detail.back')}
              </span>
            </Link>
          </div>
          {detail}
        </section>
      )}
    </div>
  );
}

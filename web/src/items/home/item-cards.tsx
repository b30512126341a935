import type { Item } from '@arca/sdk';
import { useWords } from '../../text/use-words.ts';
import { ahead } from '../../ui/ahead.tsx';
import { Loading, SkeletonLine } from '../../ui/skeleton.tsx';
import styles from './home.module.css';
import { ItemCard } from './item-card.tsx';
import { ScriptCard } from './script-card.tsx';

const HealthCard = ahead(() => import('./health-card.tsx').then((file) => file.HealthCard));
const fewItems = 3;

/** What was used last, with what one mostly wants of it in one press. */
export function ItemCards({ items }: { items: readonly Item[] | undefined }) {
  const words = useWords();
  const wasUsed = items?.some(({ lastUsedAt }) => lastUsedAt !== null) ?? true;
  const first = items?.find(({ kind }) => kind === 'password');
  return (
    <>
      <section className={styles.section} aria-labelledby="recent-items">
        <h2 id="recent-items">{words(wasUsed ? 'items.home.recent' : 'items.home.items')}</h2>
        {items === undefined ? (
          <Loading>
            <div className={styles.cards}>
              {[0, 1, 2].map((place) => (
                <div key={place} className={styles.ghost}>
                  <SkeletonLine width={60} />
                  <SkeletonLine width={40} />
                </div>
              ))}
            </div>
          </Loading>
        ) : (
          <ul className={styles.cards}>
            {items.map((item) => (
              <ItemCard key={`${item.kind}/${item.number}`} item={item} />
            ))}
          </ul>
        )}
      </section>
      {items !== undefined && <HealthCard />}
      {items !== undefined && items.length <= fewItems && first && <ScriptCard number={first.number} isClosable />}
    </>
  );
}

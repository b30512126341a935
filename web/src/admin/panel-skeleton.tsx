import { Loading, SkeletonLine } from '../ui/skeleton.tsx';
import styles from './panel.module.css';

const cards = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

export function PanelSkeleton() {
  return (
    <Loading>
      <div className={styles.cards}>
        {cards.map((card) => (
          <div key={card} className={styles.stat}>
            <SkeletonLine width={45} />
            <SkeletonLine width={30} />
            <SkeletonLine width={60} />
          </div>
        ))}
      </div>
    </Loading>
  );
}

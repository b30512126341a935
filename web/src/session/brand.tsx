import { useWords } from '../text/use-words.ts';
import { Mark } from '../ui/mark.tsx';
import styles from './brand.module.css';

const arches = [40, 92, 144, 196, 248];

/** What the safe is, beside the form where there is room: the mark again, large, as arches one behind the other. */
export function Brand() {
  const words = useWords();
  return (
    <aside className={styles.brand} aria-label={words('app.name')}>
      <p className={styles.name}>
        <Mark size={30} />
        {words('app.name')}
      </p>
      <div className={styles.words}>
        <p className={styles.claim}>{words('session.brand.claim')}</p>
        <p className={styles.promise}>{words('session.brand.promise')}</p>
      </div>
      <svg className={styles.picture} viewBox="0 0 520 430" preserveAspectRatio="xMidYMax meet" aria-hidden="true">
        {arches.map((radius) => (
          <path
            key={radius}
            className={styles.arch}
            d={`M${260 - radius} 440V252a${radius} ${radius} 0 0 1 ${2 * radius} 0V440H${260 - radius}Z`}
          />
        ))}
        <path
          className={styles.keyhole}
          d="M260 246a30 30 0 0 0-15.5 55.700L236 368a5 5 0 0 0 5 6h38a5 5 0 0 0 5-6l-8.5-66.300A30 30 0 0 0 260 246Z"
        />
      </svg>
    </aside>
  );
}

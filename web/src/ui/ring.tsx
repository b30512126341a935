import styles from './ring.module.css';

type RingProps = {
  /** What is left, from 1 to 0. */
  share: number;
  size?: number;
  /** For the last moments. */
  isUrgent?: boolean;
};

/** A countdown for the eye; the words beside it say the same. */
export function Ring({ share, size = 18, isUrgent }: RingProps) {
  return (
    <svg viewBox="0 0 20 20" width={size} height={size} aria-hidden="true" className={styles.ring}>
      <circle cx={10} cy={10} r={8} className={styles.track} />
      <circle
        cx={10}
        cy={10}
        r={8}
        pathLength={1}
        strokeDasharray={1}
        strokeDashoffset={1 - share}
        data-urgent={isUrgent || undefined}
        className={styles.left}
      />
    </svg>
  );
}

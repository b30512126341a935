import { useWords } from '../text/use-words.ts';
import styles from './skeleton.module.css';

/** A grey place where text of about this width (in percent) will stand. Decoration: `Loading` says it. */
export function SkeletonLine({ width }: { width: number }) {
  return <span className={styles.line} style={{ inlineSize: `${width}%` }} />;
}

/** A page's worth of grey places while it loads. */
export function SkeletonPage() {
  return (
    <Loading>
      <div className={styles.page}>
        <SkeletonLine width={28} />
        <SkeletonLine width={92} />
        <SkeletonLine width={78} />
        <SkeletonLine width={85} />
        <SkeletonLine width={40} />
      </div>
    </Loading>
  );
}

/** Says to screen readers that what is inside is loading. */
export function Loading({ children }: { children: React.ReactNode }) {
  const words = useWords();
  return (
    <div aria-busy="true">
      <span role="status" className="unseen">
        {words('ui.loading')}
      </span>
      {children}
    </div>
  );
}

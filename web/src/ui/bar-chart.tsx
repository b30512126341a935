import { useFormats } from '../text/formats.ts';
import styles from './bar-chart.module.css';
import { ChartFrame, type Point } from './chart-frame.tsx';

type BarChartProps = { title: string; columns: [label: string, value: string]; points: Point[] };

/** Lying bars with their names and numbers written beside them: a list that one can also see. */
export function BarChart({ title, columns, points }: BarChartProps) {
  const formats = useFormats();
  const highest = Math.max(1, ...points.map(({ value }) => value));
  return (
    <ChartFrame title={title} columns={columns} points={points}>
      <ul className={styles.bars}>
        {points.map(({ label, value }) => (
          <li key={label} className={styles.bar}>
            <span className={styles.label}>{label}</span>
            <span className={styles.track}>
              <span className={styles.fill} style={{ inlineSize: `${(value / highest) * 100}%` }} />
            </span>
            <span className={styles.value}>{formats.number(value)}</span>
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}

import { useFormats } from '../text/formats.ts';
import { ChartFrame, type Point } from './chart-frame.tsx';
import styles from './line-chart.module.css';

type LineChartProps = {
  title: string;
  columns: [label: string, value: string];
  /** In order of time; the labels of the first and the last are written below. */
  points: Point[];
  /** The picture in a sentence, for screen readers: "Items made per day, 3 to 41, most on 12 March". */
  summary: string;
};

const width = 600;
const height = 160;

/** One line over time, with its first, highest and last value written at it. */
export function LineChart({ title, columns, points, summary }: LineChartProps) {
  const formats = useFormats();
  const highest = Math.max(1, ...points.map(({ value }) => value));
  const place = (at: number): [number, number] => [
    points.length < 2 ? 0 : (at / (points.length - 1)) * width,
    height - ((points[at]?.value ?? 0) / highest) * height,
  ];
  const line = points
    .map((_, at) =>
      place(at)
        .map((number) => number.toFixed(1))
        .join(' '),
    )
    .join('L');
  const peak = points.findIndex(({ value }) => value === highest);
  const marks = [...new Set([peak, points.length - 1])].filter((at) => at >= 0);
  return (
    <ChartFrame title={title} columns={columns} points={points}>
      <div role="img" aria-label={summary} className={styles.chart}>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          className={styles.picture}
          aria-hidden="true"
        >
          <path d={`M0 ${height}H${width}`} className={styles.ground} />
          {line !== '' && <path d={`M${line}L${width} ${height}L0 ${height}Z`} className={styles.area} />}
          {line !== '' && <path d={`M${line}`} className={styles.line} />}
        </svg>
        {marks.map((at) => {
          const [x, y] = place(at);
          const share = x / width;
          return (
            <span
              key={at}
              className={styles.mark}
              style={{ insetInlineStart: `${share * 100}%`, insetBlockStart: `${(y / height) * 100}%` }}
            >
              <span className={styles.value} style={{ translate: `${-50 - (share - 0.5) * 80}% -100%` }}>
                {formats.number(points[at]?.value ?? 0)}
              </span>
            </span>
          );
        })}
      </div>
      <div aria-hidden="true" className={styles.ends}>
        <span>{points[0]?.label}</span>
        <span>{points.at(-1)?.label}</span>
      </div>
    </ChartFrame>
  );
}

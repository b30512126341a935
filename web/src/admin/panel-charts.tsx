import type { Statistics } from '@arca/sdk';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { BarChart } from '../ui/bar-chart.tsx';
import type { Point } from '../ui/chart-frame.tsx';
import { LineChart } from '../ui/line-chart.tsx';
import { Chart, QuietChart } from './chart.tsx';
import styles from './panel.module.css';
import { PasswordCharts } from './password-charts.tsx';

type Day = Statistics['itemsMade'][number];

/** Each with the same numbers as a table behind it. */
export function PanelCharts({ statistics }: { statistics: Statistics }) {
  const words = useWords();
  return (
    <div className={styles.charts}>
      <Chart isWide>
        <ItemsByKind items={statistics.items} />
      </Chart>
      <PasswordCharts survey={statistics.passwords} />
      <Chart>
        <PerDay name="made" days={statistics.itemsMade} column={words('admin.panel.madeColumn')} />
      </Chart>
      <Chart>
        <PerDay name="reveals" days={statistics.reveals} column={words('admin.panel.revealsColumn')} />
      </Chart>
    </div>
  );
}

function ItemsByKind({ items }: Pick<Statistics, 'items'>) {
  const words = useWords();
  const points = items.flatMap(({ kind, enabled, disabled }) => [
    { label: words(`admin.panel.kinds.${kind}`), value: enabled },
    { label: words(`admin.panel.kindsDisabled.${kind}`), value: disabled },
  ]);
  return (
    <BarChart
      title={words('admin.panel.byKind')}
      columns={[words('admin.panel.kind'), words('admin.panel.count')]}
      points={points}
    />
  );
}

function PerDay({ name, days, column }: { name: 'made' | 'reveals'; days: Day[]; column: string }) {
  const words = useWords();
  const formats = useFormats();
  // A day without a time would be midnight in UTC, which is the day before west of it.
  const points: Point[] = days.map(({ day, count }) => ({
    label: formats.date(new Date(`${day}T12:00`)),
    value: count,
  }));
  const total = points.reduce((sum, { value }) => sum + value, 0);
  const busiest = points.reduce<Point | undefined>(
    (most, point) => (point.value > (most?.value ?? 0) ? point : most),
    undefined,
  );
  const title = words(`admin.panel.${name}`);
  if (busiest === undefined) return <QuietChart title={title} text={words(`admin.panel.${name}None`)} />;
  return (
    <LineChart
      title={title}
      columns={[words('admin.panel.day'), column]}
      points={points}
      summary={words('admin.panel.summary', {
        title,
        total: formats.number(total),
        most: formats.number(busiest.value),
        day: busiest.label,
      })}
    />
  );
}

import { ChartColumn, Table2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { IconButton } from './button.tsx';
import styles from './chart-frame.module.css';

export type Point = { label: string; value: number };

type ChartFrameProps = {
  title: string;
  /** What the two columns of the table hold. */
  columns: [label: string, value: string];
  points: Point[];
  /** The picture; screen readers get the table's numbers from its own labels or from the toggle. */
  children: ReactNode;
};

/** A chart with the same numbers as a table behind a toggle. */
export function ChartFrame({ title, columns, points, children }: ChartFrameProps) {
  const words = useWords();
  const formats = useFormats();
  const [isTable, setTable] = useState(false);
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        <span className={styles.title}>{title}</span>
        <IconButton
          isSmall
          icon={isTable ? ChartColumn : Table2}
          label={words(isTable ? 'ui.chart.asChart' : 'ui.chart.asTable')}
          onPress={() => setTable(!isTable)}
        />
      </figcaption>
      {isTable ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className={styles.scroller} aria-label={title} tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{columns[0]}</th>
                <th scope="col">{columns[1]}</th>
              </tr>
            </thead>
            <tbody>
              {points.map(({ label, value }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  <td>{formats.number(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : (
        children
      )}
    </figure>
  );
}

import type { ImportRow } from '@arca/sdk';
import { useWords } from '../text/use-words.ts';
import styles from './imports.module.css';

/** Rows of a plan with their reasons. */
export function RowTable({ rows }: { rows: readonly ImportRow[] }) {
  const words = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={styles.scroll} aria-label={words('imports.rows')} tabIndex={0}>
      <table className={styles.rows}>
        <thead>
          <tr>
            {(['line', 'name', 'verdict', 'outcome', 'why'] as const).map((column) => (
              <th key={column} scope="col">
                {words(`imports.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.place}>
              <td>{row.line}</td>
              <th scope="row">{row.name}</th>
              <td>{words(`imports.verdicts.${row.verdict}`)}</td>
              <td>{row.outcome !== null && words(`imports.outcomes.${row.outcome}`)}</td>
              <td>{[row.reason, ...row.remarks].filter((one) => one !== null).join('; ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

import type { ImportRow } from '@arca/sdk';
import { pathOfItem } from '../api/item-name.ts';
import { useWords } from '../text/use-words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import styles from './imports.module.css';
import { useSayings } from './use-sayings.ts';

/** All that a plan or its log says of one row. */
export function RowDialog({ row, onClose }: { row: ImportRow; onClose: () => void }) {
  const words = useWords();
  const say = useSayings();
  const { kind, name, username, url, line, verdict, outcome, number, reason, remarks } = row;
  const facts = [
    [words('imports.columns.line'), String(line)],
    [words('imports.columns.kind'), words(`items.kinds.${kind}.one`)],
    [words('items.fields.username'), username],
    [words('items.fields.url'), url],
    [words('imports.columns.verdict'), words(`imports.verdict.${verdict}`)],
    [words('imports.columns.outcome'), outcome === null ? '' : words(`imports.outcomes.${outcome}`)],
  ].filter(([, value]) => value !== '');
  const said = [...(reason === null ? [] : [reason]), ...remarks].map(say);
  // What was undone is there no more.
  const item = number === null || outcome === 'undone' ? undefined : pathOfItem({ kind, number });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={name}
      actions={item && <ButtonLink href={item}>{words('imports.row.open')}</ButtonLink>}
    >
      <dl className={styles.facts}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {said.length === 0 ? (
        <p className={styles.soft}>{words('imports.row.nothing')}</p>
      ) : (
        <ul className={styles.said}>
          {said.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

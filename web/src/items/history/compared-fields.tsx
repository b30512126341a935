import { useMemo } from 'react';
import { useWords } from '../../text/use-words.ts';
import { joinClasses } from '../../ui/join-classes.ts';
import { fieldsOf, type ItemField } from '../fields.ts';
import type { Kind } from '../kinds.ts';
import { compareTexts, type Part } from './differences.ts';
import type { Values } from './version-values.ts';
import styles from './versions.module.css';

type Pair = [Values, Values];

type ComparedFieldsProps = {
  kind: Kind;
  names: [string, string];
  open: Pair;
  /** Null once they are hidden again. */
  secrets: Pair | null;
  /** Names of the secret fields that differ: still told while they are hidden. */
  differing: ReadonlySet<string>;
};

const mask = '••••••••••••';

/** Field by field what two versions hold, with marks where they differ. */
export function ComparedFields({ kind, names, open, secrets, differing }: ComparedFieldsProps) {
  const words = useWords();
  const isShown = ({ name, isSecret }: ItemField) => {
    const pair = isSecret ? secrets : open;
    return pair === null ? true : pair.some((values) => (values[name] ?? '') !== '');
  };
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{words('items.history.field')}</th>
          {names.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fieldsOf[kind].filter(isShown).map((field) => {
          const pair = field.isSecret ? secrets : open;
          const texts = pair && ([pair[0][field.name] ?? '', pair[1][field.name] ?? ''] as const);
          const differs = texts === null ? differing.has(field.name) : texts[0] !== texts[1];
          return (
            <tr key={field.name}>
              <th scope="row">
                {words(`items.fields.${field.name}`)}
                <span className={differs ? styles.differs : styles.same}>
                  {words(differs ? 'items.history.differs' : 'items.history.same')}
                </span>
              </th>
              {texts === null ? (
                names.map((name) => (
                  <td key={name} data-of={name}>
                    <span
                      role="img"
                      aria-label={words('ui.secret.masked', { label: words(`items.fields.${field.name}`) })}
                    >
                      {mask}
                    </span>
                  </td>
                ))
              ) : (
                <Compared names={names} texts={texts} isSecret={field.isSecret} />
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

type ComparedProps = { names: [string, string]; texts: readonly [string, string]; isSecret: boolean };

function Compared({ names, texts: [before, after], isSecret }: ComparedProps) {
  const sides = useMemo(() => compareTexts(before, after), [before, after]);
  return sides.map((parts, side) => (
    <td key={names[side]} data-of={names[side]}>
      <span className={joinClasses(styles.text, isSecret && styles.secret)} translate={isSecret ? 'no' : undefined}>
        {parts.length === 0 ? '–' : parts.map(marked)}
      </span>
    </td>
  ));
}

function marked({ text, isDifferent }: Part, at: number) {
  return isDifferent ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>;
}

import type { AuditEntry } from '@arca/sdk';
import { useMemo } from 'react';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import type { Column } from '../ui/table/column.ts';
import styles from './entry-columns.module.css';
import { EntryIcon } from './entry-icon.tsx';
import { Sentence } from './sentence.tsx';
import type { Names } from './use-names.ts';
import type { useSentence } from './use-sentence.ts';

type EntryColumnsInput = { names: Names; partsOf: ReturnType<typeof useSentence>['partsOf'] };

/** What happened, when, from where and with which key: where room is short, the last go first. */
export function useEntryColumns({ names, partsOf }: EntryColumnsInput): Column<AuditEntry>[] {
  const words = useWords();
  const formats = useFormats();
  return useMemo(() => {
    const keyOf = ({ accessKey }: AuditEntry) =>
      accessKey && (names.other('access-key', String(accessKey.id)) ?? accessKey.clientId.slice(0, 8));
    const metaOf = (entry: AuditEntry) => {
      const key = keyOf(entry);
      return [
        entry.address === null ? null : words('audit.meta.from', { address: entry.address }),
        key === null ? null : words('audit.meta.key', { name: key }),
      ]
        .filter((part) => part !== null)
        .join(' · ');
    };
    return [
      {
        id: 'what',
        label: words('audit.columns.what'),
        minWidth: 18,
        grow: 4,
        isFixed: true,
        card: 'title',
        cell: (entry) => (
          <span className={styles.what}>
            <EntryIcon event={entry.event} />
            <span className={styles.lines}>
              <span className={styles.sentence}>
                <Sentence parts={partsOf(entry)} />
              </span>
              <span className={styles.meta}>
                <span className={styles.metaText}>{metaOf(entry)}</span>
                <time dateTime={entry.at}>{formats.relative(new Date(entry.at))}</time>
              </span>
            </span>
          </span>
        ),
      },
      {
        id: 'at',
        label: words('audit.columns.at'),
        minWidth: 13,
        grow: 0.5,
        cell: ({ at }) => (
          <time dateTime={at} title={formats.relative(new Date(at))}>
            {formats.dateTime(new Date(at))}
          </time>
        ),
      },
      {
        id: 'address',
        label: words('audit.columns.address'),
        minWidth: 9,
        grow: 0.5,
        cell: ({ address }) => address ?? '–',
      },
      {
        id: 'with',
        label: words('audit.columns.with'),
        minWidth: 9,
        grow: 0.7,
        cell: (entry) => {
          const key = keyOf(entry);
          if (key !== null) return words('audit.meta.key', { name: key });
          return 'session' in entry.details ? words('audit.session') : '–';
        },
      },
    ];
  }, [words, formats, names, partsOf]);
}

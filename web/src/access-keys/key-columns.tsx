import type { AccessKey } from '@arca/sdk';
import { useMemo } from 'react';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import type { Column } from '../ui/table/column.ts';
import styles from './key-columns.module.css';
import { KeyState } from './key-state.tsx';
import { useLimitWords } from './use-limit-words.ts';

const soon = 14 * 86_400_000; // as the report has it

/** The columns of a list of keys; their owner where they are of several. */
export function useKeyColumns(hasOwners: boolean): Column<AccessKey>[] {
  const words = useWords();
  const formats = useFormats();
  const limits = useLimitWords();
  return useMemo(() => {
    const time = (at: string) => (
      <time dateTime={at} title={formats.dateTime(new Date(at))}>
        {formats.relative(new Date(at))}
      </time>
    );
    const columns: (Column<AccessKey> | false)[] = [
      {
        id: 'name',
        label: words('accessKeys.columns.name'),
        minWidth: 17,
        grow: 2.5,
        isFixed: true,
        card: 'title',
        cell: (key) => (
          <span className={styles.lines}>
            <span className={styles.first}>
              <span className={styles.text}>{key.name}</span>
              <span className={styles.onCard}>
                <KeyState state={key.state} />
              </span>
            </span>
            <span className={styles.second}>
              <span className={styles.text}>{limits(key)}</span>
            </span>
          </span>
        ),
      },
      hasOwners && {
        id: 'owner',
        label: words('accessKeys.columns.owner'),
        minWidth: 7,
        grow: 0.8,
        cell: ({ owner }) => owner,
      },
      {
        id: 'state',
        label: words('accessKeys.columns.state'),
        minWidth: 6,
        grow: 0,
        cell: ({ state }) => <KeyState state={state} />,
      },
      {
        id: 'lastUsedAt',
        label: words('accessKeys.columns.lastUse'),
        minWidth: 8.5,
        grow: 0.6,
        cell: ({ lastUsedAt }) => (lastUsedAt === null ? words('accessKeys.never') : time(lastUsedAt)),
      },
      {
        id: 'lastAddress',
        label: words('accessKeys.columns.lastAddress'),
        minWidth: 8.5,
        grow: 0.6,
        cell: ({ lastAddress }) => lastAddress ?? '–',
      },
      {
        id: 'uses',
        label: words('accessKeys.columns.uses'),
        minWidth: 5,
        grow: 0,
        isNumeric: true,
        cell: ({ uses }) => formats.number(uses),
      },
      {
        id: 'expiresAt',
        label: words('accessKeys.columns.end'),
        minWidth: 8.5,
        grow: 0,
        isNumeric: true,
        cell: ({ expiresAt, revokedAt, state }) => {
          // What ended is told by its day: "Ends now" would speak of what is still to come.
          if (revokedAt !== null) return <time dateTime={revokedAt}>{formats.date(new Date(revokedAt))}</time>;
          if (expiresAt === null) return words('accessKeys.endless');
          const isSoon = Date.parse(expiresAt) - Date.now() < soon;
          return state === 'live' && isSoon ? time(expiresAt) : formats.date(new Date(expiresAt));
        },
      },
    ];
    return columns.filter((column) => column !== false);
  }, [words, formats, limits, hasOwners]);
}

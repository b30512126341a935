import type { Item } from '@arca/sdk';
import type { useFormats } from '../../text/formats.ts';
import type { useWords } from '../../text/use-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { StrengthMeter } from '../../ui/strength-meter.tsx';
import type { Column } from '../../ui/table/column.ts';
import { secondLineOf } from '../fields.ts';
import { type Kind, kindIcons } from '../kinds.ts';
import styles from './columns.module.css';

type Told = {
  words: ReturnType<typeof useWords>;
  formats: ReturnType<typeof useFormats>;
  /** The username of whoever looks. */
  me: string;
};

/** The columns of a list; `kind` is undefined for a list of all kinds, which shows each item's sign. */
export function columnsOf({ words, formats, me }: Told, kind: Kind | undefined): Column<Item>[] {
  const label = (
    name: 'name' | 'tags' | 'owner' | 'sharedWith' | 'lastUse' | 'strength' | 'updated' | 'created' | 'id',
  ) => words(`items.columns.${name}`);
  const time = (at: string | null) => (at === null ? '–' : <Ago at={at} formats={formats} />);
  const columns: (Column<Item> | false)[] = [
    {
      id: 'name',
      label: label('name'),
      minWidth: 14,
      grow: 2.5,
      isSortable: true,
      isFixed: true,
      card: 'title',
      cell: (item) => <NameCell item={item} hasSign={kind === undefined} told={{ words, formats, me }} />,
    },
    { id: 'tags', label: label('tags'), minWidth: 9, grow: 1.2, cell: (item) => <Tags tags={item.tags} /> },
    {
      id: 'owner',
      label: label('owner'),
      minWidth: 6.5,
      grow: 0.8,
      cell: ({ owner }) => (owner === me ? words('items.you') : owner),
    },
    {
      id: 'shared',
      label: label('sharedWith'),
      minWidth: 6.5,
      grow: 0,
      cell: ({ sharedWith }) => (sharedWith === 0 ? '–' : words('items.sharedWith', { count: sharedWith })),
    },
    (kind === undefined || kind === 'password') && {
      id: 'strength',
      label: label('strength'),
      minWidth: 7.5,
      grow: 0,
      cell: ({ strength }) => strength !== null && <StrengthMeter isSmall strength={strength} />,
    },
    {
      id: 'lastUsedAt',
      label: label('lastUse'),
      minWidth: 7.5,
      grow: 0,
      isSortable: true,
      isNumeric: true,
      cell: ({ lastUsedAt }) => time(lastUsedAt),
    },
    {
      id: 'updatedAt',
      label: label('updated'),
      minWidth: 7.5,
      grow: 0,
      isSortable: true,
      isNumeric: true,
      cell: ({ updatedAt }) => time(updatedAt),
    },
    {
      id: 'createdAt',
      label: label('created'),
      minWidth: 7.5,
      grow: 0,
      isSortable: true,
      isNumeric: true,
      cell: ({ createdAt }) => time(createdAt),
    },
    {
      id: 'number',
      label: label('id'),
      minWidth: 4.5,
      grow: 0,
      isSortable: true,
      isNumeric: true,
      cell: ({ number }) => number,
    },
  ];
  return columns.filter((column) => column !== false);
}

/** Shown until somebody chooses otherwise. */
export const firstColumns = ['name', 'tags', 'owner', 'shared', 'strength', 'lastUsedAt', 'updatedAt'];

function NameCell({ item, hasSign, told }: { item: Item; hasSign: boolean; told: Told }) {
  const Sign = kindIcons[item.kind];
  return (
    <span className={styles.name}>
      {hasSign && (
        <span className={styles.sign}>
          <Sign size={16} />
          <span className="unseen">{told.words(`items.kinds.${item.kind}.one`)}: </span>
        </span>
      )}
      <span className={styles.lines}>
        <span className={styles.first}>
          <span className={styles.text}>{item.name}</span>
          {!item.enabled && <Badge>{told.words('items.disabledMark')}</Badge>}
        </span>
        <span className={styles.second}>
          <span className={styles.text}>{secondLineOf(item)}</span>
          {item.lastUsedAt !== null && (
            <span className={styles.onCard}>
              <Ago at={item.lastUsedAt} formats={told.formats} />
            </span>
          )}
        </span>
      </span>
    </span>
  );
}

function Ago({ at, formats }: { at: string; formats: Told['formats'] }) {
  const date = new Date(at);
  return (
    <time dateTime={at} title={formats.dateTime(date)}>
      {formats.relative(date)}
    </time>
  );
}

const tagsShown = 2;

function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <span className={styles.tags}>
      {tags.slice(0, tagsShown).map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
      {tags.length > tagsShown && <span>+{tags.length - tagsShown}</span>}
    </span>
  );
}

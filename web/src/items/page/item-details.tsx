import type { Item } from '@arca/sdk';
import type { ReactNode } from 'react';
import { useSession } from '../../session/use-session.ts';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { Card } from '../../ui/card.tsx';
import { StrengthMeter } from '../../ui/strength-meter.tsx';
import styles from './field.module.css';

/** What the safe itself knows of the item. */
export function ItemDetails({ item }: { item: Item }) {
  const words = useWords();
  const formats = useFormats();
  const { user } = useSession();
  const at = (time: string) => formats.dateTime(new Date(time));
  const rows: [name: string, value: ReactNode][] = [
    [words('items.columns.id'), String(item.number)],
    [words('items.columns.owner'), item.owner === user.username ? words('items.you') : item.owner],
    [words('items.columns.created'), at(item.createdAt)],
    [words('items.columns.updated'), at(item.updatedAt)],
    [
      words('items.columns.lastUse'),
      item.lastUsedAt === null ? words('items.never') : formats.relative(new Date(item.lastUsedAt)),
    ],
    [
      words('items.columns.version'),
      words('items.versionAndRevision', { version: item.version, revision: item.revision }),
    ],
  ];
  if (item.strength !== null) {
    rows.unshift([words('ui.strength.label'), <StrengthMeter key="strength" isSmall strength={item.strength} />]);
  }
  if (item.justificationRequired) rows.push([words('items.columns.reason'), words('items.reason.asked')]);
  return (
    <Card title={words('items.details')}>
      <dl className={styles.details}>
        {rows.map(([name, value]) => (
          <div key={name} className={styles.detail}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

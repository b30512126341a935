import type { Item } from '@arca/sdk';
import { lazy, Suspense } from 'react';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import { fieldsOf, holds, type ItemField, type SecretName } from '../fields.ts';
import { revealField } from '../reveal.ts';
import { useExplain } from '../use-explain.ts';
import { CodeField } from './code-field.tsx';
import styles from './field.module.css';
import { ItemDetails } from './item-details.tsx';
import { Line, OpenField, UrlField } from './open-field.tsx';

const FilePanel = lazy(async () => ({ default: (await import('../files/file-panel.tsx')).FilePanel }));

/** What the item holds. Nothing secret is read before somebody asks for it. */
export function ItemFields({ item }: { item: Item }) {
  return (
    <div className={styles.both}>
      {item.kind === 'file' && item.enabled && (
        <Suspense>
          <FilePanel item={item} />
        </Suspense>
      )}
      <Card isFlush>
        <div className={styles.rows}>
          {fieldsOf[item.kind]
            .filter(({ name, isSecret }) => name !== 'name' && (!isSecret || holds(item, name)))
            .map((field) => (
              <FieldLine key={field.name} item={item} field={field} />
            ))}
        </div>
      </Card>
      <ItemDetails item={item} />
    </div>
  );
}

function FieldLine({ item, field }: { item: Item; field: ItemField }) {
  const words = useWords();
  const explain = useExplain();
  const formats = useFormats();
  const label = words(`items.fields.${field.name}`);
  if (field.name === 'totp') return item.enabled && <CodeField item={item} />;
  if (field.isSecret) {
    const name = field.name as SecretName;
    return (
      item.enabled && (
        <SecretField
          label={label}
          isProse={field.type === 'text'}
          reveal={() => revealField(item, name)}
          explain={explain}
        />
      )
    );
  }
  const value = (item as unknown as Record<string, string | string[] | number | undefined>)[field.name];
  if (typeof value === 'number') return <OpenField label={label} text={formats.bytes(value)} />;
  if (value === undefined || value.length === 0) return null;
  if (typeof value !== 'string')
    return (
      <Line label={label}>
        {value.map((tag) => (
          <Badge key={tag}>{tag}</Badge>
        ))}
      </Line>
    );
  if (field.name === 'url') return <UrlField label={label} url={value} />;
  return <OpenField label={label} text={value} />;
}

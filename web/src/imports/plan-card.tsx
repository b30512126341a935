import { useState } from 'react';
import { useWords } from '../text/use-words.ts';
import { Card } from '../ui/card.tsx';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import styles from './imports.module.css';
import { PlanFile } from './plan-file.tsx';
import { PlanMySafe } from './plan-mysafe.tsx';

const sources = ['file', 'mysafe'] as const;
type Source = (typeof sources)[number];

/** From where items come: a file, or another safe. */
export function PlanCard({ onPlanned }: { onPlanned: (id: number) => void }) {
  const words = useWords();
  const [source, setSource] = useState<Source>('file');
  return (
    <Card title={words('imports.source')}>
      <div className={styles.stack}>
        <SegmentedControl<Source>
          label={words('imports.source')}
          value={source}
          onChange={setSource}
          options={sources.map((id) => ({ id, label: words(`imports.sources.${id}`) }))}
        />
        {source === 'file' ? <PlanFile onPlanned={onPlanned} /> : <PlanMySafe onPlanned={onPlanned} />}
      </div>
    </Card>
  );
}

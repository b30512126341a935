import type { Item } from '@arca/sdk';
import { useState } from 'react';
import { ShareItemsDialog } from '../sharing/share-items-dialog.tsx';
import { BatchDialog } from './batch-dialog.tsx';
import type { Batch } from './run-batch.ts';
import type { SelectionVerb } from './selection-actions.tsx';

export type Wish = { verb: SelectionVerb; items: readonly Item[] };

/** What was chosen for the selected items, as they were then: the list may change below it while it runs. */
export function SelectionDialogs({ wish, onClose }: { wish: Wish; onClose: (isBegun: boolean) => void }) {
  const [batch, setBatch] = useState<Batch | null>(() =>
    wish.verb === 'share' ? null : { verb: wish.verb, items: wish.items },
  );
  if (batch !== null) return <BatchDialog batch={batch} onClose={onClose} />;
  return (
    <ShareItemsDialog
      items={wish.items}
      onClose={() => onClose(false)}
      onChoose={(choice) => setBatch({ verb: 'share', items: wish.items, ...choice })}
    />
  );
}

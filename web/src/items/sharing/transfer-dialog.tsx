import type { Item } from '@arca/sdk';
import { useCallback, useState } from 'react';
import { useLocation } from 'wouter';
import { arca } from '../../api/arca.ts';
import { useProblemWords } from '../../api/problem-words.ts';
import { useWords } from '../../text/use-words.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { showToast } from '../../ui/toast.tsx';
import { refresh } from '../item-queries.ts';
import { places } from '../kinds.ts';
import { findNewOwners } from './find-subjects.ts';

/** Chooses the new owner, then asks once more: only he can give it back. */
export function TransferDialog({ item, onClose }: { item: Item; onClose: () => void }) {
  const words = useWords();
  const explain = useProblemWords();
  const [, navigate] = useLocation();
  const [to, setTo] = useState<string | null>(null);
  const [keepAccess, setKeepAccess] = useState(true);
  const [isMissing, setMissing] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const find = useCallback(
    (typed: string, signal: AbortSignal) => findNewOwners(typed, signal, item.owner),
    [item.owner],
  );
  const { kind, number, name } = item;
  const transfer = async () => {
    await arca.items.transfer({ kind, number, to: to ?? '', keepAccess });
    onClose();
    showToast({ tone: 'success', text: words('items.transfer.done', { to: to ?? '' }), detail: name });
    if (!keepAccess) navigate(places[kind]);
    void refresh([item], true);
  };
  return (
    <>
      <Dialog
        isOpen={!isAsking}
        onOpenChange={onClose}
        title={words('items.transfer.title')}
        lead={words('items.transfer.lead')}
        actions={
          <>
            <Button onPress={onClose}>{words('ui.cancel')}</Button>
            <Button variant="primary" onPress={() => (to === null ? setMissing(true) : setAsking(true))}>
              {words('items.transfer.next')}
            </Button>
          </>
        }
      >
        <Combobox
          label={words('items.transfer.to')}
          placeholder={words('items.transfer.whom')}
          options={find}
          defaultText={to ?? ''}
          value={to}
          onChange={setTo}
          error={isMissing && to === null ? words('items.transfer.missing') : undefined}
        />
        <Checkbox isSelected={keepAccess} onChange={setKeepAccess}>
          {words('items.transfer.keep')}
        </Checkbox>
      </Dialog>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={(isOpen) => !isOpen && setAsking(false)}
        title={words('items.transfer.ask', { name, to: to ?? '' })}
        text={words(keepAccess ? 'items.transfer.askKeep' : 'items.transfer.askLose')}
        confirmLabel={words('items.acts.transfer')}
        isDangerous
        onConfirm={transfer}
        explain={(error) => explain(error).whole}
      />
    </>
  );
}

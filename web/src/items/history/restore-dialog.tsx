import type { Item, Version } from '@arca/sdk';
import { arca } from '../../api/arca.ts';
import { useProblemWords } from '../../api/problem-words.ts';
import { useWords } from '../../text/use-words.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { showToast } from '../../ui/toast.tsx';
import { refresh } from '../item-queries.ts';

type RestoreDialogProps = { item: Item; version: Version; onClose: () => void };

/** An earlier version becomes the newest; undone, the one that was current does. */
export function RestoreDialog({ item, version, onClose }: RestoreDialogProps) {
  const words = useWords();
  const explain = useProblemWords();
  const { kind, number } = item;
  const restore = async (to: number, ifMatch?: number) => {
    await arca.items.restoreVersion({ kind, number, version: to }, { ifMatch });
    await refresh([item]);
  };
  const undo = async () => {
    try {
      await restore(item.version);
      showToast({ tone: 'success', text: words('items.restore.undone') });
    } catch (error) {
      const { what, next } = explain(error);
      showToast({ tone: 'danger', text: what, detail: next });
    }
  };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={words('items.restore.ask', { version: version.version })}
      text={words('items.restore.text', { version: version.version })}
      confirmLabel={words('items.restore.act')}
      onConfirm={async () => {
        await restore(version.version, item.revision);
        showToast({
          tone: 'success',
          text: words('items.restore.done', { version: version.version }),
          onUndo: () => void undo(),
        });
      }}
      explain={(error) => explain(error).whole}
    />
  );
}

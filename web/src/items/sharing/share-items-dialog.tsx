import type { Item } from '@arca/sdk';
import { useWords } from '../../text/use-words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { kindOfAll, type ShareChoice } from '../list/run-batch.ts';
import { ShareForm } from './share-form.tsx';

type ShareItemsDialogProps = {
  items: readonly Item[];
  onChoose: (choice: ShareChoice) => void;
  onClose: () => void;
};

const formId = 'share-items';
const nobody: ReadonlySet<string> = new Set();

/** With whom the selected items are shared; the sharing itself runs afterwards. */
export function ShareItemsDialog({ items, onChoose, onClose }: ShareItemsDialogProps) {
  const words = useWords();
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={words(`items.batch.share.${kindOfAll(items)}`, { count: items.length })}
      actions={
        <>
          <Button onPress={onClose}>{words('ui.cancel')}</Button>
          <Button type="submit" form={formId} variant="primary">
            {words('items.acts.share')}
          </Button>
        </>
      }
    >
      <ShareForm id={formId} without={nobody} onShare={onChoose} />
    </Dialog>
  );
}

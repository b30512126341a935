import type { Item, Share } from '@arca/sdk';
import { useWords } from '../../text/use-words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { ShareChoice } from '../list/run-batch.ts';
import { ShareForm } from './share-form.tsx';

type ShareDialogProps = {
  item: Item;
  without: ReadonlySet<string>;
  onShare: (share: Share) => void;
  onClose: () => void;
};

const formId = 'share-item';

export function ShareDialog({ item, without, onShare, onClose }: ShareDialogProps) {
  const words = useWords();
  const share = ({ with: name, user, groupId, role, expiresAt }: ShareChoice) => {
    onClose();
    onShare(user !== undefined ? { user, role, expiresAt } : { groupId, group: name, role, expiresAt });
  };
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={words('items.sharing.titleOf', { name: item.name })}
      lead={words('items.sharing.lead')}
      actions={
        <>
          <Button onPress={onClose}>{words('ui.cancel')}</Button>
          <Button type="submit" form={formId} variant="primary">
            {words('items.acts.share')}
          </Button>
        </>
      }
    >
      <ShareForm id={formId} without={without} onShare={share} />
    </Dialog>
  );
}

import { Ban, Ellipsis, Pencil, Settings2, Share2, Users } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../src/ui/button.tsx';
import { Checkbox } from '../src/ui/checkbox.tsx';
import { ConfirmDialog } from '../src/ui/confirm-dialog.tsx';
import { Dialog } from '../src/ui/dialog.tsx';
import { Menu } from '../src/ui/menu.tsx';
import { Popover } from '../src/ui/popover.tsx';
import { TextField } from '../src/ui/text-field.tsx';
import { showToast } from '../src/ui/toast.tsx';
import { Row, Section } from './section.tsx';

export function OverlaysSection() {
  const [open, setOpen] = useState<'dialog' | 'wide' | 'confirm' | 'drawer'>();
  const close = () => setOpen(undefined);
  return (
    <Section title="Overlays">
      <Row>
        <Button onPress={() => setOpen('dialog')}>Open dialog</Button>
        <Button onPress={() => setOpen('wide')}>Open wide dialog</Button>
        <Button onPress={() => setOpen('confirm')}>Open question</Button>
        <Button onPress={() => setOpen('drawer')}>Open drawer</Button>
        <Menu
          label="Item actions"
          trigger={<IconButton variant="secondary" icon={Ellipsis} label="Item actions" />}
          groups={[
            {
              entries: [
                { id: 'edit', label: 'Edit', icon: Pencil, keys: ['E'], onAction: () => showToast({ text: 'Edit' }) },
                { id: 'share', label: 'Share', icon: Share2, note: 'With people or groups' },
                { id: 'group', label: 'Move to group', icon: Users, isDisabled: true },
              ],
            },
            { entries: [{ id: 'disable', label: 'Disable', icon: Ban, isDangerous: true }] },
          ]}
        />
        <Popover label="View settings" trigger={<Button icon={Settings2}>View</Button>}>
          <Checkbox defaultSelected>Show disabled items</Checkbox>
          <Checkbox>Compact rows</Checkbox>
        </Popover>
        <Button
          onPress={() =>
            showToast({
              tone: 'success',
              text: '2 passwords disabled',
              onUndo: () => showToast({ text: '2 passwords enabled' }),
            })
          }
        >
          Show toast
        </Button>
        <Button
          onPress={() =>
            showToast({ tone: 'danger', text: 'The password was not saved', detail: 'Bruno changed it meanwhile.' })
          }
        >
          Show failure
        </Button>
      </Row>
      <Dialog
        isOpen={open === 'dialog'}
        onOpenChange={close}
        title="Share password"
        lead="Bank of Brasília will be visible to who you add."
        actions={
          <>
            <Button onPress={close}>Cancel</Button>
            <Button variant="primary" onPress={close}>
              Share
            </Button>
          </>
        }
      >
        <TextField label="Person or group" autoFocus />
        <TextField label="Message" isOptional />
      </Dialog>
      <Dialog form="wide" isOpen={open === 'wide'} onOpenChange={close} title="Two versions of this note">
        <p>Both were kept. Choose which one everybody reads from now on.</p>
      </Dialog>
      <ConfirmDialog
        isOpen={open === 'confirm'}
        onOpenChange={close}
        title="Disable 2 passwords?"
        text="Nobody can read them until they are enabled again. Access keys that use them stop working."
        confirmLabel="Disable"
        isDangerous
        onConfirm={() => new Promise((resolve) => setTimeout(resolve, 300))}
      />
      <Dialog
        form="drawer"
        isOpen={open === 'drawer'}
        onOpenChange={close}
        title="Who has access"
        actions={<Button onPress={close}>Done</Button>}
      >
        <p>You can see this because: group Finance, editor, until 3 December.</p>
      </Dialog>
    </Section>
  );
}

import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useSignOut } from './use-sign-out.ts';

/** `left`: in seconds. */
export function IdleDialog({ left }: { left: number }) {
  const words = useWords();
  const { signOut } = useSignOut();
  return (
    <Dialog
      isOpen
      onOpenChange={() => {}}
      title={words('session.idle.title')}
      lead={words('session.idle.lead', { count: left })}
      actions={
        <>
          <Button onPress={signOut}>{words('session.signOut.act')}</Button>
          <Button variant="primary" autoFocus>
            {words('session.idle.stay')}
          </Button>
        </>
      }
    />
  );
}

import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useIdle } from './use-idle.ts';
import { useSignOut } from './use-sign-out.ts';

/** In the last minute before an idle session ends. Any key or press keeps it: `useIdle` hears them. */
export function IdleWarning({ idleFor }: { idleFor: number }) {
  const words = useWords();
  const left = useIdle(idleFor);
  const { signOut } = useSignOut();
  if (left === null) return null;
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

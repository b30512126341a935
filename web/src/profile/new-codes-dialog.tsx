import { useMutation } from '@tanstack/react-query';
import { arca } from '../api/arca.ts';
import { ProblemBanner } from '../api/problem-banner.tsx';
import { RecoveryCodes } from '../second-factor/recovery-codes.tsx';
import { useSession } from '../session/use-session.ts';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** Once the codes are shown, only saying that they are kept closes it. */
export function NewCodesDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const { user } = useSession();
  const renew = useMutation({ mutationFn: () => arca.profile.renewRecoveryCodes() });
  if (renew.data !== undefined) {
    return (
      <Dialog isOpen form="wide" onOpenChange={onClose} isDismissable={false} title={words('secondFactor.codes.title')}>
        <RecoveryCodes codes={renew.data.recoveryCodes} username={user.username} onDone={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={words('profile.secondFactor.newCodesQuestion')}
      lead={words('profile.secondFactor.newCodesText')}
      actions={
        <>
          <Button onPress={onClose}>{words('ui.cancel')}</Button>
          <Button variant="primary" isBusy={renew.isPending} onPress={() => renew.mutate()}>
            {words('profile.secondFactor.newCodesAct')}
          </Button>
        </>
      }
    >
      <ProblemBanner error={renew.error} />
    </Dialog>
  );
}

import { useState } from 'react';
import { Enrolment } from '../second-factor/enrolment.tsx';
import { RecoveryCodes } from '../second-factor/recovery-codes.tsx';
import { useSession } from '../session/use-session.ts';
import { useWords } from '../text/use-words.ts';
import { Dialog } from '../ui/dialog.tsx';
import { showToast } from '../ui/toast.tsx';

/** Once the codes are shown, only saying that they are kept closes it. */
export function SetUpSecondFactorDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const { user } = useSession();
  const [codes, setCodes] = useState<string[] | null>(null);
  const finish = () => {
    onClose();
    showToast({ tone: 'success', text: words('profile.secondFactor.done') });
  };
  return (
    <Dialog
      isOpen
      form="wide"
      onOpenChange={onClose}
      isDismissable={codes === null}
      title={words(codes === null ? 'secondFactor.begin.title' : 'secondFactor.codes.title')}
      lead={codes === null ? words('secondFactor.begin.lead') : undefined}
    >
      {codes === null ? (
        <Enrolment onEnrolled={setCodes} onCancel={onClose} />
      ) : (
        <RecoveryCodes codes={codes} username={user.username} onDone={finish} />
      )}
    </Dialog>
  );
}

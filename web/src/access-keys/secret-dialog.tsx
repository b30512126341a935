import type { AccessKey } from '@arca/sdk';
import { useWords } from '../text/use-words.ts';
import { Dialog } from '../ui/dialog.tsx';
import { CredentialsCard } from './page/credentials-card.tsx';

type SecretDialogProps = { accessKey: AccessKey; onClose: () => void };

export function SecretDialog({ accessKey, onClose }: SecretDialogProps) {
  const words = useWords();
  return (
    <Dialog isOpen onOpenChange={onClose} form="wide" title={words('accessKeys.secretOf', { name: accessKey.name })}>
      <CredentialsCard accessKey={accessKey} />
    </Dialog>
  );
}

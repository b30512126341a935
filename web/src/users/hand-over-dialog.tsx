import type { Proposal } from '@arca/sdk';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SecretField } from '../ui/secret-field.tsx';
import styles from './users.module.css';

type HandOverDialogProps = {
  username: string;
  password: string;
  proposal: Proposal | null;
  onClose: () => void;
};

/** What a new user needs to sign in. The password is nowhere else once this is closed. */
export function HandOverDialog({ username, password, proposal, onClose }: HandOverDialogProps) {
  const words = useWords();
  const formats = useFormats();
  const address = window.location.origin;
  const lines = [
    { label: words('users.added.address'), text: address },
    { label: words('users.fields.username'), text: username },
  ];
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      isDismissable={false}
      title={words('users.added.title', { user: username })}
      lead={words('users.added.lead')}
      actions={
        <Button variant="primary" autoFocus onPress={onClose}>
          {words('users.done')}
        </Button>
      }
    >
      {proposal !== null && (
        <Banner
          tone="warning"
          text={words('users.added.admin', { user: username, until: formats.date(new Date(proposal.endsAt)) })}
        />
      )}
      <dl className={styles.handOver}>
        {lines.map(({ label, text }) => (
          <div key={label}>
            <dt className={styles.term}>{label}</dt>
            <dd className={styles.handOverValue}>
              <span className={styles.mono}>{text}</span>
              <CopyButton label={label} text={text} />
            </dd>
          </div>
        ))}
      </dl>
      <div className={styles.secret}>
        <SecretField label={words('users.password')} reveal={async () => password} />
      </div>
    </Dialog>
  );
}

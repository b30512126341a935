import type { Item, Version } from '@arca/sdk';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { ProblemBanner } from '../../api/problem-banner.tsx';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Ring } from '../../ui/ring.tsx';
import { SecretText } from '../../ui/secret-text.tsx';
import { fieldsOf } from '../fields.ts';
import { saveContent } from '../files/save-content.ts';
import { ReasonDeclined } from '../reasons.ts';
import { withReason } from '../reveal.ts';
import { shownFor, useBriefSecrets } from './use-brief-secrets.ts';
import { useHistorySentence } from './use-history-sentence.ts';
import { informed, openValues, revealVersion, secretValues, type Values } from './version-values.ts';
import styles from './versions.module.css';

type VersionDialogProps = { item: Item; version: Version; onClose: () => void };

/** What the item held at one version. Reading it is recorded; its secrets are shown for 30 seconds. */
export function VersionDialog({ item, version, onClose }: VersionDialogProps) {
  const words = useWords();
  const formats = useFormats();
  const sentence = useHistorySentence();
  const title = words('items.history.version', { version: version.version });
  const { secrets, left, show } = useBriefSecrets<Values>(title);
  const [open, setOpen] = useState<Values | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const read = async () => {
    setBusy(true);
    setError(null);
    try {
      const revealed = await withReason(item, (reason) => revealVersion(item, version.version, reason));
      setOpen(openValues(revealed));
      show(secretValues(revealed));
    } catch (thrown) {
      if (!(thrown instanceof ReasonDeclined)) setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const save = async () => {
    if (item.kind !== 'file') return;
    setBusy(true);
    setError(null);
    try {
      const file = { number: item.number, fileName: String(open?.fileName ?? item.fileName) };
      await withReason(item, (justification) => saveContent(file, { version: version.version, justification }));
    } catch (thrown) {
      if (!(thrown instanceof ReasonDeclined)) setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const fields = fieldsOf[item.kind];
  return (
    <Dialog
      form="wide"
      isOpen
      onOpenChange={onClose}
      title={title}
      lead={`${sentence(version)}, ${formats.dateTime(new Date(version.createdAt))}.`}
      actions={
        <>
          <Button onPress={onClose}>{words('ui.close')}</Button>
          {item.kind === 'file' && (
            <Button icon={Download} isDisabled={isBusy} onPress={() => void save()}>
              {words('items.files.download')}
            </Button>
          )}
          {secrets === null && (
            <Button variant="primary" isBusy={isBusy} onPress={() => void read()}>
              {words('ui.secret.view')}
            </Button>
          )}
        </>
      }
    >
      <ProblemBanner error={error} />
      {secrets === null ? (
        <p className={styles.note}>{words('items.history.recorded')}</p>
      ) : (
        <p className={styles.left}>
          <Ring share={left / shownFor} size={14} isUrgent={left <= 5} />
          {words('ui.secret.left', { seconds: left })}
        </p>
      )}
      {open !== null && (
        <dl className={styles.values}>
          {informed(
            fields.filter(({ isSecret }) => !isSecret),
            open,
          ).map(({ name }) => (
            <div key={name}>
              <dt>{words(`items.fields.${name}`)}</dt>
              <dd>{open[name]}</dd>
            </div>
          ))}
          {secrets !== null &&
            informed(fields, secrets).map(({ name, type }) => (
              <div key={name}>
                <dt>{words(`items.fields.${name}`)}</dt>
                <dd className={styles.copied}>
                  <SecretText text={secrets[name] ?? ''} isProse={type === 'text'} />
                  <CopyButton isIcon isSecret label={words(`items.fields.${name}`)} text={secrets[name] ?? ''} />
                </dd>
              </div>
            ))}
        </dl>
      )}
    </Dialog>
  );
}

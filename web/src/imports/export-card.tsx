import { useState } from 'react';
import { arca } from '../api/arca.ts';
import { useProblemWords } from '../api/problem-words.ts';
import { useWords } from '../text/use-words.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { Select } from '../ui/select.tsx';
import { showToast } from '../ui/toast.tsx';
import { saveBytes } from './file-bytes.ts';
import styles from './imports.module.css';

const formats = ['json', 'kdbx', 'csv'] as const;
type Format = (typeof formats)[number];
const shortest = 12;
/** Why an item was left out; whatever else stands there is that it may not be viewed now. */
const reasons = ['hidden', 'file_not_in_format', 'file_too_large', 'export_full', 'integrity_broken'] as const;
const reasonOf = (why: string) => reasons.find((one) => one === why) ?? 'hidden';

/** All of one's own items in one file; the proof is asked for where it has grown old. */
export function ExportCard() {
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <Card title={words('imports.exporting.title')}>
      <div className={styles.stack}>
        <p className={styles.soft}>{words('imports.exporting.text')}</p>
        <Button onPress={() => setOpen(true)}>{words('imports.exporting.act')}</Button>
      </div>
      {isOpen && <ExportDialog onClose={() => setOpen(false)} />}
    </Card>
  );
}

function ExportDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const explain = useProblemWords();
  const [format, setFormat] = useState<Format>('json');
  const [passphrase, setPassphrase] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const isEncrypted = format !== 'csv';
  const make = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const made = await arca.exports.make(isEncrypted ? { format, passphrase } : { format });
      saveBytes(made.file, made.content);
      const told = reasons.flatMap((reason) => {
        const count = made.left.filter(({ why }) => reasonOf(why) === reason).length;
        return count === 0 ? [] : [words(`imports.exporting.left.${reason}`, { count })];
      });
      const left = told.length === 0 ? {} : { detail: told.join(' ') };
      showToast({ tone: 'success', text: words('imports.exporting.made', { count: made.items }), ...left });
      onClose();
    } catch (error) {
      setProblem(explain(error).whole);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={words('imports.exporting.act')}
      lead={words('imports.exporting.text')}
      actions={
        <>
          <Button onPress={onClose}>{words('ui.cancel')}</Button>
          <Button
            variant="primary"
            isBusy={isBusy}
            isDisabled={isEncrypted && [...passphrase].length < shortest}
            onPress={() => void make()}
          >
            {words('imports.exporting.act')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Select<Format>
          label={words('imports.exporting.format')}
          value={format}
          onChange={setFormat}
          options={formats.map((id) => ({ id, label: words(`imports.exporting.${id}`) }))}
        />
        {isEncrypted ? (
          <PasswordField
            label={words('imports.exporting.passphrase')}
            help={words('imports.exporting.passphraseHelp')}
            autoComplete="new-password"
            value={passphrase}
            onChange={setPassphrase}
          />
        ) : (
          <Banner tone="warning" text={words('imports.exporting.csvWarning')} />
        )}
        {format !== 'csv' && <p className={styles.soft}>{words('imports.exporting.files')}</p>}
        {problem !== undefined && <Banner tone="danger" text={problem} />}
      </div>
    </Dialog>
  );
}

import { Check, Copy, Download, Printer } from 'lucide-react';
import { useState } from 'react';
import { useFormats } from '../text/formats.ts';
import { useWords } from '../text/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { FormActions } from '../ui/form.tsx';
import { useCopy } from '../ui/use-copy.ts';
import styles from './recovery-codes.module.css';
import { saveText } from './save-text.ts';

type RecoveryCodesProps = { codes: string[]; username: string; onDone: () => void };

/** Shown this once: whoever goes on says that he has kept them. */
export function RecoveryCodes({ codes, username, onDone }: RecoveryCodesProps) {
  const words = useWords();
  const { dateTime } = useFormats();
  const [isKept, setKept] = useState(false);
  const { isCopied, copy } = useCopy();
  const title = words('secondFactor.codes.fileTitle', { username, host: location.host });
  const made = words('secondFactor.codes.fileMade', { date: dateTime(new Date()) });
  const download = () =>
    saveText(words('secondFactor.codes.fileName', { username }), [title, made, '', ...codes, ''].join('\n'));
  return (
    <div className={styles.page}>
      <p className={styles.soft}>{words('secondFactor.codes.text')}</p>
      <div className={styles.sheet}>
        <p className={styles.onPaper}>{title}</p>
        <ol aria-label={words('secondFactor.codes.list')} className={styles.codes}>
          {codes.map((code) => (
            <li key={code}>
              <code translate="no">{code}</code>
            </li>
          ))}
        </ol>
        <p className={styles.onPaper}>{made}</p>
      </div>
      <div className={styles.ways}>
        <Button
          isSmall
          icon={isCopied ? Check : Copy}
          onPress={() => void copy(codes.join('\n'), words('secondFactor.codes.copied'), true)}
        >
          {isCopied ? words('ui.copied') : words('secondFactor.codes.copy')}
        </Button>
        <Button isSmall icon={Download} onPress={download}>
          {words('secondFactor.codes.download')}
        </Button>
        <Button isSmall icon={Printer} onPress={() => window.print()}>
          {words('secondFactor.codes.print')}
        </Button>
      </div>
      <Checkbox isSelected={isKept} onChange={setKept}>
        {words('secondFactor.codes.kept')}
      </Checkbox>
      <FormActions>
        <Button variant="primary" isDisabled={!isKept} onPress={onDone}>
          {words('secondFactor.codes.done')}
        </Button>
      </FormActions>
    </div>
  );
}

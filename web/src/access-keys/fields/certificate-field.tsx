import { FileKey } from 'lucide-react';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import type { Control } from 'react-hook-form';
import { useWords } from '../../text/use-words.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { useField } from '../../ui/form.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { type CertificateFault, fingerprintOf, readFingerprint, spellFingerprint } from '../fingerprint.ts';
import type { KeyValues } from '../key-values.ts';
import styles from './certificate-field.module.css';

/** A fingerprint, pasted or taken from a certificate's file, which the browser alone reads. */
export function CertificateField({ control }: { control: Control<KeyValues> }) {
  const words = useWords();
  const [fault, setFault] = useState<CertificateFault>();
  const { error, ...field } = useField(control, 'fingerprint', {
    validate: (text) =>
      text.trim() === '' || readFingerprint(text) !== null || words('accessKeys.fields.fingerprintWrong'),
  });
  const read = async (file: File | undefined) => {
    if (file === undefined) return;
    const found = await fingerprintOf(file);
    setFault('fault' in found ? found.fault : undefined);
    if ('fault' in found) return;
    field.onChange(spellFingerprint(found.hex));
    announce(words('accessKeys.fields.fingerprintRead', { file: file.name }));
  };
  return (
    <div className={styles.field}>
      <TextArea
        {...field}
        onChange={(text) => {
          setFault(undefined);
          field.onChange(text);
        }}
        error={fault === undefined ? error : words(`accessKeys.certificateFaults.${fault}`)}
        isOptional
        isMono
        label={words('accessKeys.fields.fingerprint')}
        help={words('accessKeys.fields.fingerprintHelp')}
        autoComplete="off"
        spellCheck="false"
      />
      <FileTrigger
        acceptedFileTypes={['.pem', '.crt', '.cer', '.der']}
        onSelect={(files) => void read(files?.[0] ?? undefined)}
      >
        <Button isSmall icon={FileKey}>
          {words('accessKeys.fields.fingerprintFile')}
        </Button>
      </FileTrigger>
    </div>
  );
}

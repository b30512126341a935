import { useState } from 'react';
import { DropZone, FileTrigger } from 'react-aria-components';
import { arca } from '../api/arca.ts';
import { useWords } from '../text/use-words.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { Select } from '../ui/select.tsx';
import { base64Of, saveBytes } from './file-bytes.ts';
import styles from './imports.module.css';
import { usePlanning } from './use-planning.ts';

const formats = [
  ...['arca-json', 'arca-csv', 'arca-xlsx', 'lastpass-csv', 'keeper-json', 'keeper-csv', 'bitwarden-json'],
  ...['bitwarden-csv', '1password-1pux', '1password-csv', 'keepass-kdbx', 'keepass-xml', 'chrome-csv', 'firefox-csv'],
] as FileFormat[];
type FileFormat = NonNullable<Parameters<typeof arca.imports.plan>[0]['format']>;
type Choice = FileFormat | 'detect';

/** Takes a file, and says what is wrong with one that cannot be read. */
export function PlanFile({ onPlanned }: { onPlanned: (id: number) => void }) {
  const words = useWords();
  const [file, setFile] = useState<File>();
  const [format, setFormat] = useState<Choice>('detect');
  const [passphrase, setPassphrase] = useState('');
  const { isBusy, problem, doing, planning } = usePlanning(onPlanned);
  const plan = (chosen: File) =>
    planning(async () => {
      const planned = await arca.imports.plan({
        file: chosen.name.slice(0, 255),
        content: await base64Of(chosen),
        ...(format === 'detect' ? {} : { format }),
        ...(passphrase === '' ? {} : { passphrase }),
      });
      setPassphrase('');
      return planned;
    });
  const takeTemplate = () =>
    doing(async () => {
      const { file: name, content } = await arca.imports.template();
      saveBytes(name, content);
    });
  return (
    <DropZone
      className={styles.stack}
      aria-label={words('imports.file')}
      onDrop={async ({ items }) => {
        const dropped = items.find((item) => item.kind === 'file');
        if (dropped?.kind === 'file') setFile(await dropped.getFile());
      }}
    >
      <p className={styles.soft}>{words('imports.drop')}</p>
      <div className={styles.line}>
        <FileTrigger onSelect={(files) => setFile(files?.[0])}>
          <Button>{words('imports.choose')}</Button>
        </FileTrigger>
        {file !== undefined && <span>{file.name}</span>}
      </div>
      <Select<Choice>
        label={words('imports.format')}
        value={format}
        onChange={setFormat}
        options={[
          { id: 'detect', label: words('imports.detect') },
          ...formats.map((id) => ({ id, label: words(`imports.formats.${id}`) })),
        ]}
      />
      <PasswordField
        label={words('imports.passphrase')}
        help={words('imports.passphraseHelp')}
        isOptional
        autoComplete="off"
        value={passphrase}
        onChange={setPassphrase}
      />
      {problem !== undefined && <Banner tone="danger" text={problem} />}
      <div className={styles.line}>
        <Button
          variant="primary"
          isBusy={isBusy}
          isDisabled={file === undefined}
          onPress={() => void (file && plan(file))}
        >
          {words('imports.plan')}
        </Button>
        <Button onPress={() => void takeTemplate()}>{words('imports.template')}</Button>
      </div>
    </DropZone>
  );
}

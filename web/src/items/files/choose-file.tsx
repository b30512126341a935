import { Paperclip } from 'lucide-react';
import { DropZone, FileTrigger, isFileDropItem } from 'react-aria-components';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { Button } from '../../ui/button.tsx';
import styles from './files.module.css';

type ChooseFileProps = {
  file: File | null;
  error?: string | undefined;
  isDisabled?: boolean;
  onFile: (file: File) => void;
};

/** A file from the computer: chosen by a button, or dropped. */
export function ChooseFile({ file, error, isDisabled = false, onFile }: ChooseFileProps) {
  const words = useWords();
  const formats = useFormats();
  return (
    <DropZone
      className={styles.zone}
      isDisabled={isDisabled}
      aria-label={words('items.files.drop')}
      getDropOperation={() => 'copy'}
      onDrop={(drop) => {
        const dropped = drop.items.find(isFileDropItem);
        if (dropped) void dropped.getFile().then(onFile);
      }}
    >
      <FileTrigger
        onSelect={(files) => {
          const [chosen] = files ?? [];
          if (chosen) onFile(chosen);
        }}
      >
        <Button icon={Paperclip} isDisabled={isDisabled}>
          {words('items.files.choose')}
        </Button>
      </FileTrigger>
      <span className={styles.drop}>{words('items.files.drop')}</span>
      {file !== null && (
        <strong className={styles.chosen}>
          {words('items.files.chosen', { name: file.name, size: formats.bytes(file.size) })}
        </strong>
      )}
      {error !== undefined && (
        <span role="alert" className={styles.error}>
          {error}
        </span>
      )}
    </DropZone>
  );
}

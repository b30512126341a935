import { ProgressBar } from 'react-aria-components';
import { useProblemWords } from '../../api/problem-words.ts';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import styles from './files.module.css';
import type { Upload } from './use-upload.ts';

type UploadProgressProps = { file: File; upload: Upload; onResume: () => void; onCancel: () => void };

/** How far the content has come, how fast, how long it still takes; or why it stopped, and the way on. */
export function UploadProgress({ file, upload, onResume, onCancel }: UploadProgressProps) {
  const words = useWords();
  const formats = useFormats();
  const explain = useProblemWords();
  const { going, error } = upload;
  if (going === null)
    return (
      error !== null && (
        <Banner
          tone="danger"
          title={words('items.files.stopped')}
          text={explain(error).whole}
          action={
            <Button isSmall onPress={onResume}>
              {words('items.files.resume')}
            </Button>
          }
        />
      )
    );
  const { stored, rate } = going;
  const facts = [
    words('items.files.progress', { done: formats.bytes(stored), total: formats.bytes(file.size) }),
    rate !== undefined && words('items.files.rate', { rate: formats.bytes(rate) }),
    rate !== undefined && words('items.files.left', { time: formats.duration((file.size - stored) / rate) }),
  ].filter(Boolean);
  const label = words('items.files.sending', { name: file.name });
  return (
    <div className={styles.going}>
      <ProgressBar aria-label={label} value={stored} maxValue={Math.max(1, file.size)} valueLabel={facts.join(', ')}>
        {({ percentage = 0 }) => (
          <>
            <span className={styles.sending}>{label}</span>
            <progress className={styles.bar} value={percentage} max={100} aria-hidden="true" />
            <span className={styles.facts}>{facts.join(' · ')}</span>
          </>
        )}
      </ProgressBar>
      <Button isSmall onPress={onCancel}>
        {words('items.files.cancel')}
      </Button>
    </div>
  );
}

import { useWords } from '../text/use-words.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { QrCode } from '../ui/qr-code.tsx';
import styles from './enrolment.module.css';

/** For the camera of a phone, and for whom has none. */
export function Seed({ seed, uri }: { seed: string; uri: string }) {
  const words = useWords();
  return (
    <div className={styles.seed}>
      <QrCode text={uri} label={words('secondFactor.scan.qr')} />
      <div className={styles.texts}>
        <p>{words('secondFactor.scan.text')}</p>
        <div>
          <p className={styles.soft}>{words('secondFactor.scan.typed')}</p>
          <div className={styles.key}>
            <code translate="no">{seed.match(/.{1,4}/g)?.join(' ')}</code>
            <CopyButton isSecret text={seed} label={words('secondFactor.scan.key')} />
          </div>
        </div>
      </div>
    </div>
  );
}

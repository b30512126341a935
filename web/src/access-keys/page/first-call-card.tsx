import type { AccessKey } from '@arca/sdk';
import { isAnywhere } from '../../api/address-rules.ts';
import { arca } from '../../api/arca.ts';
import { useFormats } from '../../text/formats.ts';
import { useWords } from '../../text/use-words.ts';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { firstCall } from './first-call.ts';
import styles from './first-call-card.module.css';

const mask = '••••••••••••';

/** A conversation with curl that works when it is pasted: the secret is read, and recorded, when it is copied. */
export function FirstCallCard({ accessKey }: { accessKey: AccessKey }) {
  const words = useWords();
  const { list } = useFormats();
  const { origin } = location;
  const { id, addresses, fingerprint } = accessKey;
  const whole = async () => firstCall(origin, accessKey, (await arca.accessKeys.viewSecret({ id })).clientSecret);
  return (
    <Card
      title={words('accessKeys.firstCall.title')}
      actions={<CopyButton isSecret label={words('accessKeys.firstCall.lines')} text={whole} />}
    >
      <div className={styles.content}>
        <p>{words('accessKeys.firstCall.text')}</p>
        {!isAnywhere(addresses) && <p>{words('accessKeys.firstCall.from', { addresses: list(addresses) })}</p>}
        {fingerprint !== null && <p>{words('accessKeys.firstCall.certificate')}</p>}
        <pre translate="no" className={styles.lines}>
          {firstCall(origin, accessKey, mask)}
        </pre>
        <p className={styles.note}>{words('accessKeys.firstCall.history')}</p>
      </div>
    </Card>
  );
}

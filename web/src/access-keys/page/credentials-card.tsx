import type { AccessKey } from '@arca/sdk';
import { Download } from 'lucide-react';
import { arca } from '../../api/arca.ts';
import { useWords } from '../../text/use-words.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import { useDownload } from '../use-download.ts';
import styles from './credentials-card.module.css';

/** By what a program gets tokens. The secret is read from the safe at each view, which records it. */
export function CredentialsCard({ accessKey }: { accessKey: AccessKey }) {
  const words = useWords();
  const { download, isBusy } = useDownload();
  const { id, clientId, encryption } = accessKey;
  return (
    <Card title={words('accessKeys.credentials.title')} isFlush>
      <div className={styles.content}>
        <div className={styles.line}>
          <span className={styles.label}>{words('accessKeys.credentials.clientId')}</span>
          <code className={styles.value}>{clientId}</code>
          <CopyButton label={words('accessKeys.credentials.clientId')} text={clientId} />
        </div>
        <SecretField
          label={words('accessKeys.credentials.secret')}
          reveal={async () => (await arca.accessKeys.viewSecret({ id })).clientSecret}
        />
        {encryption !== 'none' && (
          <div className={styles.line}>
            <span className={styles.label}>{words('accessKeys.credentials.privateKey')}</span>
            <span className={styles.value}>{words(`accessKeys.encryption.${encryption}.open`)}</span>
            <Button isSmall icon={Download} isBusy={isBusy} onPress={() => void download(accessKey)}>
              {words('accessKeys.acts.download')}
            </Button>
          </div>
        )}
        <p className={styles.note}>{words('accessKeys.credentials.recorded')}</p>
      </div>
    </Card>
  );
}

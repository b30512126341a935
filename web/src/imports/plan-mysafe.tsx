import { type FormEvent, useState } from 'react';
import { arca } from '../api/arca.ts';
import { useWords } from '../text/use-words.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './imports.module.css';
import { usePlanning } from './use-planning.ts';

/** Takes the address of another MySafe and an access key there. The key is used once and not kept. */
export function PlanMySafe({ onPlanned }: { onPlanned: (id: number) => void }) {
  const words = useWords();
  const [url, setUrl] = useState('https://');
  const [clientId, setClientId] = useState('');
  const [clientSecret, setClientSecret] = useState('');
  const { isBusy, problem, planning } = usePlanning(onPlanned);
  const isWhole = URL.canParse(url) && clientId !== '' && clientSecret !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isWhole || isBusy) return;
    void planning(async () => {
      const planned = await arca.imports.planMySafe({ url, clientId, clientSecret });
      setClientSecret('');
      return planned;
    });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.soft}>{words('imports.mysafe.lead')}</p>
      <TextField
        label={words('imports.mysafe.url')}
        help={words('imports.mysafe.urlHelp')}
        type="url"
        autoCapitalize="none"
        value={url}
        onChange={setUrl}
      />
      <TextField
        label={words('imports.mysafe.clientId')}
        isMono
        autoCapitalize="none"
        autoComplete="off"
        value={clientId}
        onChange={setClientId}
      />
      <PasswordField
        label={words('imports.mysafe.clientSecret')}
        autoComplete="off"
        value={clientSecret}
        onChange={setClientSecret}
      />
      {problem !== undefined && <Banner tone="danger" text={problem} />}
      <Button variant="primary" type="submit" isBusy={isBusy} isDisabled={!isWhole}>
        {words('imports.plan')}
      </Button>
    </form>
  );
}

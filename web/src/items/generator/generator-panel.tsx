import { RefreshCw } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useFormats } from '../../text/formats.ts';
import { useLanguage } from '../../text/use-language.ts';
import { useWords } from '../../text/use-words.ts';
import { announce } from '../../ui/announce.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { SecretText } from '../../ui/secret-text.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import styles from './generator-panel.module.css';
import { bitsOfPhrase, makePhrase, wordsOf } from './passphrase.ts';
import { PasswordChoices } from './password-choices.tsx';
import { PhraseChoices } from './phrase-choices.tsx';
import { bitsOf, makePassword } from './random-password.ts';
import { type GeneratorSettings, keepSettings, readSettings } from './settings.ts';

/** Makes passwords and passphrases in the browser; `onUse` gets the one that was chosen. */
export function GeneratorPanel({ onUse }: { onUse: (made: string) => void }) {
  const words = useWords();
  const formats = useFormats();
  const language = useLanguage();
  const [settings, setSettings] = useState(() => readSettings(language));
  const [made, setMade] = useState('');
  const make = useCallback(async () => {
    const { makes, password, phrase } = settings;
    setMade(makes === 'password' ? makePassword(password) : makePhrase(phrase, await wordsOf(phrase.list)));
  }, [settings]);
  useEffect(() => void make(), [make]);
  const change = (part: Partial<GeneratorSettings>) => {
    const next = { ...settings, ...part };
    setSettings(next);
    keepSettings(next);
  };
  const bits = settings.makes === 'password' ? bitsOf(settings.password) : bitsOfPhrase(settings.phrase);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a tool beside a field, not fields of the form
    <div role="group" aria-label={words('items.generator.title')} className={styles.panel}>
      <div className={styles.made}>
        <output aria-label={words('items.generator.made')} className={styles.text}>
          <SecretText text={made} />
        </output>
        <IconButton
          icon={RefreshCw}
          label={words('items.generator.another')}
          onPress={() => {
            void make();
            announce(words('items.generator.newOne'));
          }}
        />
      </div>
      <p className={styles.bits}>{words('items.generator.bits', { bits: formats.number(bits) })}</p>
      <div className={styles.kind}>
        <SegmentedControl<GeneratorSettings['makes']>
          label={words('items.generator.kind')}
          options={[
            { id: 'password', label: words('items.generator.signs') },
            { id: 'phrase', label: words('items.generator.words') },
          ]}
          value={settings.makes}
          onChange={(makes) => change({ makes })}
        />
      </div>
      {settings.makes === 'password' ? (
        <PasswordChoices recipe={settings.password} onChange={(password) => change({ password })} />
      ) : (
        <PhraseChoices recipe={settings.phrase} onChange={(phrase) => change({ phrase })} />
      )}
      <div className={styles.acts}>
        <Button onPress={() => onUse(made)}>{words('items.generator.use')}</Button>
      </div>
    </div>
  );
}

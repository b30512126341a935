import { Dices } from 'lucide-react';
import type { Ref } from 'react';
import { makePassword } from '../items/generator/random-password.ts';
import { useWords } from '../text/use-words.ts';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { PasswordField } from '../ui/password-field.tsx';
import styles from './users.module.css';

type FirstPasswordFieldProps = {
  label: string;
  help?: string;
  name: string;
  value: string;
  onChange: (value: string) => void;
  onBlur: () => void;
  inputRef: Ref<HTMLInputElement>;
  error?: string | undefined;
  autoFocus?: boolean;
};

/** Typed by people from paper, and read aloud: long rather than full of signs, and none that looks like another. */
const recipe = { length: 20, upper: true, lower: true, digits: true, symbols: false, noLookAlikes: true };

/** The password that an administrator chooses for somebody, best by chance, and hands over. */
export function FirstPasswordField({ onChange, ...rest }: FirstPasswordFieldProps) {
  const words = useWords();
  const generate = () => {
    onChange(makePassword(recipe));
    announce(words('users.generated'));
  };
  return (
    <div className={styles.password}>
      <PasswordField {...rest} onChange={onChange} autoComplete="new-password" maxLength={1024} />
      <div className={styles.passwordActs}>
        <Button isSmall icon={Dices} onPress={generate}>
          {words('users.generate')}
        </Button>
        {rest.value !== '' && <CopyButton isSecret label={rest.label} text={rest.value} />}
      </div>
    </div>
  );
}

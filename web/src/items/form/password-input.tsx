import { ChevronDown, WandSparkles } from 'lucide-react';
import { useId, useState } from 'react';
import { useStrength } from '../../api/use-strength.ts';
import { useWords } from '../../text/use-words.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { StrengthMeter } from '../../ui/strength-meter.tsx';
import { GeneratorPanel } from '../generator/generator-panel.tsx';
import styles from './item-form.module.css';

type PasswordInputProps = {
  label: string;
  name: string;
  value: string;
  onChange: (value: string) => void;
  onBlur: () => void;
  error?: string;
  inputRef?: React.Ref<HTMLInputElement>;
  isOptional?: boolean;
};

/** A password with its strength as one types, and a generator in place. */
export function PasswordInput(props: PasswordInputProps) {
  const words = useWords();
  const panelId = useId();
  const [isOpen, setOpen] = useState(false);
  const strength = useStrength(props.value);
  return (
    <div className={styles.password}>
      <PasswordField {...props} autoComplete="new-password" />
      <div className={styles.below}>
        <Button
          isSmall
          icon={isOpen ? ChevronDown : WandSparkles}
          aria-expanded={isOpen}
          aria-controls={panelId}
          onPress={() => setOpen(!isOpen)}
        >
          {words('items.generator.act')}
        </Button>
        {props.value !== '' && strength !== 'undefined' && <StrengthMeter isSmall strength={strength} />}
      </div>
      <div id={panelId}>
        {isOpen && (
          <GeneratorPanel
            onUse={(made) => {
              props.onChange(made);
              setOpen(false);
              announce(words('items.generator.used'));
            }}
          />
        )}
      </div>
    </div>
  );
}

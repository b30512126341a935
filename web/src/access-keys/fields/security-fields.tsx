import type { Control } from 'react-hook-form';
import { readRule } from '../../api/address-rules.ts';
import { useWords } from '../../text/use-words.ts';
import { fieldStyles } from '../../ui/field.tsx';
import { useField } from '../../ui/form.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import type { KeyValues } from '../key-values.ts';
import { linesOf } from '../lines.ts';
import { readReferer } from '../referer-rules.ts';
import { CertificateField } from './certificate-field.tsx';
import { RulesField } from './rules-field.tsx';
import { useRuleWords } from './use-rule-words.ts';

const mostRules = 200;

type SecurityFieldsProps = {
  control: Control<KeyValues>;
  /** Settled for good when the key was added. */
  isEncryptionFixed?: boolean;
};

/** How secrets travel, and from where the key may be used. */
export function SecurityFields({ control, isEncryptionFixed }: SecurityFieldsProps) {
  const words = useWords();
  const { explainAddress, explainReferer } = useRuleWords();
  const encryption = useField(control, 'encryption');
  const each = (text: string, isRule: (line: string) => boolean, problem: (line: string) => string) => {
    const rules = linesOf(text);
    const wrong = rules.find((rule) => !isRule(rule));
    if (wrong !== undefined) return problem(wrong);
    return rules.length <= mostRules || words('accessKeys.fields.tooMany', { most: mostRules });
  };
  const addresses = useField(control, 'addresses', {
    validate: (text) =>
      each(
        text,
        (line) => readRule(line) !== null,
        (line) => words('accessKeys.fields.addressWrong', { text: line }),
      ),
  });
  const referers = useField(control, 'referers', {
    validate: (text) =>
      each(
        text,
        (line) => readReferer(line) !== null,
        (line) => words('accessKeys.fields.refererWrong', { text: line }),
      ),
  });
  return (
    <>
      {isEncryptionFixed ? <EncryptionTold value={encryption.value} /> : <EncryptionChoice {...encryption} />}
      <RulesField
        {...addresses}
        label={words('accessKeys.fields.addresses')}
        help={words('accessKeys.fields.addressesHelp')}
        explain={explainAddress}
        notYet={words('accessKeys.fields.addressNotYet')}
      />
      <CertificateField control={control} />
      <RulesField
        {...referers}
        label={words('accessKeys.fields.referers')}
        help={words('accessKeys.fields.referersHelp')}
        explain={explainReferer}
        notYet={words('accessKeys.fields.refererNotYet')}
      />
    </>
  );
}

type Encryption = KeyValues['encryption'];

function EncryptionTold({ value }: { value: Encryption }) {
  const words = useWords();
  return (
    <div className={fieldStyles.field}>
      <span className={fieldStyles.label}>{words('accessKeys.fields.encryption')}</span>
      <span>{words(`accessKeys.encryption.${value}.review`)}</span>
      <span className={fieldStyles.help}>{words('accessKeys.fields.encryptionFixed')}</span>
    </div>
  );
}

type EncryptionChoiceProps = { value: Encryption; onChange: (value: Encryption) => void };

function EncryptionChoice({ value, onChange }: EncryptionChoiceProps) {
  const words = useWords();
  const ids = ['none', 'jwe', 'rsa-oaep'] as const;
  return (
    <RadioGroup
      label={words('accessKeys.fields.encryption')}
      help={words('accessKeys.fields.encryptionHelp')}
      options={ids.map((id) => ({
        id,
        label: words(`accessKeys.encryption.${id}.name`),
        note: words(`accessKeys.encryption.${id}.note`),
      }))}
      value={value}
      onChange={onChange}
    />
  );
}

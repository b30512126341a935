import type { Control } from 'react-hook-form';
import { useWords } from '../../text/use-words.ts';
import { useField } from '../../ui/form.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import { readRule } from '../../api/address-rules.ts';
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
      <EncryptionChoice {...encryption} isFixed={isEncryptionFixed ?? false} />
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

type EncryptionChoiceProps = {
  value: KeyValues['encryption'];
  onChange: (value: KeyValues['encryption']) => void;
  isFixed: boolean;
};

function EncryptionChoice({ value, onChange, isFixed }: EncryptionChoiceProps) {
  const words = useWords();
  const ids = ['none', 'jwe', 'rsa-oaep'] as const;
  return (
    <RadioGroup
      label={words('accessKeys.fields.encryption')}
      help={words(isFixed ? 'accessKeys.fields.encryptionFixed' : 'accessKeys.fields.encryptionHelp')}
      options={ids.map((id) => ({
        id,
        label: words(`accessKeys.encryption.${id}.name`),
        note: words(`accessKeys.encryption.${id}.note`),
      }))}
      value={value}
      onChange={onChange}
      isDisabled={isFixed}
    />
  );
}

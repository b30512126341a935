import type { Control } from 'react-hook-form';
import { useWords } from '../../text/use-words.ts';
import { useField } from '../../ui/form.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { TagField } from '../../ui/tag-field.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { ItemField } from '../fields.ts';
import type { DraftValues } from './draft.ts';
import { PasswordInput } from './password-input.tsx';
import { readSeed } from './totp-text.ts';
import { useFieldRules } from './use-field-rules.ts';

type FieldInputProps = {
  control: Control<DraftValues>;
  field: ItemField;
  /** Must it hold something? A secret that may stay as it is need not. */
  isRequired: boolean;
  isFirst?: boolean;
};

/** The field of a form for one field of an item. */
export function FieldInput({ control, field, isRequired, isFirst }: FieldInputProps) {
  const words = useWords();
  const rules = useFieldRules(field, isRequired);
  const bound = useField(control, field.name, rules);
  const label = words(`items.fields.${field.name}`);
  const help = words(`items.help.${field.name}`, { defaultValue: '' }) || undefined;
  const text = { ...bound, value: bound.value as string, onChange: bound.onChange as (value: string) => void };
  const shared = { label, isOptional: !field.isRequired };
  if (field.type === 'tags')
    return (
      <TagField
        {...shared}
        value={bound.value as string[]}
        onChange={bound.onChange as (value: string[]) => void}
        onBlur={bound.onBlur}
        error={bound.error}
        inputRef={bound.inputRef}
      />
    );
  if (field.type === 'text') return <TextArea {...text} {...shared} help={help} autoComplete="off" />;
  if (field.type === 'totp') return <SeedInput {...text} {...shared} help={help} />;
  if (field.name === 'password') return <PasswordInput {...text} {...shared} />;
  if (field.isSecret) return <PasswordField {...text} {...shared} help={help} autoComplete="off" />;
  return (
    <TextField
      {...text}
      {...shared}
      help={help}
      type={field.name === 'url' ? 'url' : 'text'}
      autoComplete="off"
      autoCapitalize={field.name === 'name' ? undefined : 'none'}
      autoFocus={isFirst}
    />
  );
}

type SeedInputProps = Parameters<typeof PasswordField>[0] & { value: string };

/** Says what it read out of what was pasted, before it is saved. */
function SeedInput({ help, ...props }: SeedInputProps) {
  const words = useWords();
  const seed = readSeed(props.value);
  const read =
    seed &&
    words('items.form.seed', { digits: seed.digits, count: seed.period }) + (seed.account && ` (${seed.account})`);
  return <PasswordField {...props} help={read ?? help} autoComplete="off" />;
}

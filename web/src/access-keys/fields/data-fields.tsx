import { type Control, useWatch } from 'react-hook-form';
import { useWords } from '../../text/use-words.ts';
import { useField } from '../../ui/form.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import type { KeyValues } from '../key-values.ts';
import { ItemsField } from './items-field.tsx';

const fieldName = 'reach';

/** What the key reaches, and what it may do with it. */
export function DataFields({ control }: { control: Control<KeyValues> }) {
  const words = useWords();
  const { inputRef: _, ...reach } = useField(control, 'reach');
  const { inputRef: __, ...access } = useField(control, 'access');
  const isChosen = useWatch({ control, name: fieldName }) === 'chosen';
  return (
    <>
      <RadioGroup
        {...reach}
        label={words('accessKeys.fields.reach')}
        options={(['chosen', 'all'] as const).map((id) => ({
          id,
          label: words(`accessKeys.reach.${id}.name`),
          note: words(`accessKeys.reach.${id}.note`),
        }))}
      />
      {isChosen && <ItemsField control={control} />}
      <RadioGroup
        {...access}
        label={words('accessKeys.fields.access')}
        options={(['read', 'write'] as const).map((id) => ({
          id,
          label: words(`accessKeys.access.${id}.name`),
          note: words(
            id === 'write' && isChosen ? 'accessKeys.access.write.noteChosen' : `accessKeys.access.${id}.note`,
          ),
        }))}
      />
    </>
  );
}

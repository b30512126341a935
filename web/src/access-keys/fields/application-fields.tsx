import type { Control } from 'react-hook-form';
import { useWords } from '../../text/use-words.ts';
import { useField } from '../../ui/form.tsx';
import { TagField } from '../../ui/tag-field.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { KeyValues } from '../key-values.ts';

const longestName = 255;
const longestDescription = 1000;

/** What the key is for. */
export function ApplicationFields({ control }: { control: Control<KeyValues> }) {
  const words = useWords();
  const tooLong = (text: string, most: number) =>
    [...text.trim()].length <= most || words('accessKeys.fields.tooLong', { most });
  const name = useField(control, 'name', {
    validate: {
      there: (text) => text.trim() !== '' || words('accessKeys.fields.nameMissing'),
      fits: (text) => tooLong(text, longestName),
    },
  });
  const description = useField(control, 'description', { validate: (text) => tooLong(text, longestDescription) });
  return (
    <>
      <TextField
        {...name}
        label={words('accessKeys.fields.name')}
        help={words('accessKeys.fields.nameHelp')}
        autoComplete="off"
      />
      <TextArea {...description} isOptional label={words('accessKeys.fields.description')} autoComplete="off" />
      <TagField {...useField(control, 'tags')} isOptional label={words('accessKeys.fields.tags')} />
    </>
  );
}

import { useWords } from '../../text/use-words.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Select } from '../../ui/select.tsx';
import { Slider } from '../../ui/slider.tsx';
import styles from './generator-panel.module.css';
import { fewestWords, mostWords, type PhraseRecipe, separators, type WordList } from './passphrase.ts';

type PhraseChoicesProps = { recipe: PhraseRecipe; onChange: (recipe: PhraseRecipe) => void };

const separatorNames = { '-': 'dash', ' ': 'space', '.': 'dot', _: 'underscore', '': 'none' } as const;

export function PhraseChoices({ recipe, onChange }: PhraseChoicesProps) {
  const words = useWords();
  return (
    <>
      <Slider
        label={words('items.generator.wordCount')}
        minValue={fewestWords}
        maxValue={mostWords}
        value={recipe.words}
        onChange={(count) => onChange({ ...recipe, words: count })}
      />
      <div className={styles.pair}>
        <Select<WordList>
          label={words('items.generator.list')}
          options={(['en', 'pt-BR'] as const).map((id) => ({ id, label: words(`items.generator.lists.${id}`) }))}
          value={recipe.list}
          onChange={(list) => onChange({ ...recipe, list })}
        />
        <Select
          label={words('items.generator.separator')}
          options={separators.map((sign) => ({
            id: separatorNames[sign],
            label: words(`items.generator.separators.${separatorNames[sign]}`),
          }))}
          value={separatorNames[recipe.separator as keyof typeof separatorNames]}
          onChange={(name) =>
            onChange({ ...recipe, separator: separators.find((sign) => separatorNames[sign] === name) ?? '-' })
          }
        />
      </div>
      <div className={styles.choices}>
        <Checkbox
          isSelected={recipe.isCapitalized}
          onChange={(isCapitalized) => onChange({ ...recipe, isCapitalized })}
        >
          {words('items.generator.capitals')}
        </Checkbox>
        <Checkbox isSelected={recipe.hasDigit} onChange={(hasDigit) => onChange({ ...recipe, hasDigit })}>
          {words('items.generator.digit')}
        </Checkbox>
      </div>
    </>
  );
}

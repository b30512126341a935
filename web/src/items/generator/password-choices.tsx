import { useWords } from '../../text/use-words.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Slider } from '../../ui/slider.tsx';
import styles from './generator-panel.module.css';
import { classes, longest, type PasswordRecipe, shortest } from './random-password.ts';

type PasswordChoicesProps = { recipe: PasswordRecipe; onChange: (recipe: PasswordRecipe) => void };

export function PasswordChoices({ recipe, onChange }: PasswordChoicesProps) {
  const words = useWords();
  const isLast = (one: (typeof classes)[number]) =>
    recipe[one] && classes.filter((other) => recipe[other]).length === 1;
  return (
    <>
      <Slider
        label={words('items.generator.length')}
        minValue={shortest}
        maxValue={longest}
        value={recipe.length}
        onChange={(length) => onChange({ ...recipe, length })}
      />
      <div className={styles.choices}>
        {classes.map((one) => (
          <Checkbox
            key={one}
            isSelected={recipe[one]}
            isDisabled={isLast(one)}
            onChange={(isOn) => onChange({ ...recipe, [one]: isOn })}
          >
            {words(`items.generator.classes.${one}`)}
          </Checkbox>
        ))}
        <Checkbox isSelected={recipe.noLookAlikes} onChange={(noLookAlikes) => onChange({ ...recipe, noLookAlikes })}>
          {words('items.generator.noLookAlikes')}
        </Checkbox>
      </div>
    </>
  );
}

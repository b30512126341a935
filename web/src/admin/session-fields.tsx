import { type Control, Controller } from 'react-hook-form';
import { useWords } from '../text/use-words.ts';
import { NumberField } from '../ui/number-field.tsx';
import styles from './admin.module.css';
import { limits, type PolicyValues } from './policy-values.ts';

/** After how long a session ends. */
export function SessionFields({ control }: { control: Control<PolicyValues> }) {
  const words = useWords();
  return (
    <div className={styles.pair}>
      {(['idleMinutes', 'sessionHours'] as const).map((name) => {
        const [least, most] = limits[name];
        const range = words('admin.policies.sessions.range', { least, most });
        return (
          <Controller
            key={name}
            control={control}
            name={name}
            rules={{ validate: (value) => (value >= least && value <= most) || range }}
            render={({ field, fieldState }) => (
              <NumberField
                label={words(`admin.policies.sessions.${name}`)}
                help={words(`admin.policies.sessions.${name}Help`)}
                value={field.value}
                onChange={field.onChange}
                onBlur={field.onBlur}
                inputRef={field.ref}
                minValue={least}
                maxValue={most}
                step={1}
                error={fieldState.error?.message}
              />
            )}
          />
        );
      })}
    </div>
  );
}

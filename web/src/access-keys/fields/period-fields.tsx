import { getLocalTimeZone, now, toCalendarDateTime } from '@internationalized/date';
import { type Control, useWatch } from 'react-hook-form';
import { useWords } from '../../text/use-words.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { DateTimeField, type Moment } from '../../ui/date-time-field.tsx';
import { useField } from '../../ui/form.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import { endOf, inDays, type KeyValues } from '../key-values.ts';
import styles from './period-fields.module.css';

const fieldName = 'period';

const spans = [30, 90, 365];

/** How long the key works. */
export function PeriodFields({ control }: { control: Control<KeyValues> }) {
  const words = useWords();
  const { inputRef: _, ...period } = useField(control, 'period');
  const isUntil = useWatch({ control, name: fieldName }) === 'until';
  return (
    <>
      <RadioGroup
        {...period}
        label={words('accessKeys.fields.period')}
        options={(['until', 'revoked'] as const).map((id) => ({
          id,
          label: words(`accessKeys.period.${id}.name`),
          note: words(`accessKeys.period.${id}.note`),
        }))}
      />
      {isUntil ? (
        <EndField control={control} />
      ) : (
        <Banner tone="warning" title={words('accessKeys.period.warning')} text={words('accessKeys.period.why')} />
      )}
    </>
  );
}

function EndField({ control }: { control: Control<KeyValues> }) {
  const words = useWords();
  const zone = getLocalTimeZone();
  const {
    inputRef: _,
    name: __,
    onChange,
    ...field
  } = useField(control, 'expiresAt', {
    validate: (value, { period }) => {
      if (period === 'revoked') return true;
      if (value === null) return words('accessKeys.fields.endMissing');
      return endOf({ expiresAt: value }) > new Date() || words('accessKeys.fields.endPast');
    },
  });
  return (
    <div className={styles.end}>
      <DateTimeField
        {...field}
        onChange={(value: Moment | null) => onChange(value && toCalendarDateTime(value))}
        minValue={toCalendarDateTime(now(zone))}
        label={words('accessKeys.fields.end')}
        help={words('accessKeys.fields.endHelp', { zone })}
      />
      <div className={styles.spans}>
        {spans.map((days) => (
          <Button key={days} isSmall onPress={() => onChange(inDays(days))}>
            {words('accessKeys.fields.inDays', { count: days })}
          </Button>
        ))}
      </div>
    </div>
  );
}

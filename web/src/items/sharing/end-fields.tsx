import { getLocalTimeZone, now } from '@internationalized/date';
import { useWords } from '../../text/use-words.ts';
import { DateTimeField, type Moment } from '../../ui/date-time-field.tsx';
import { Select } from '../../ui/select.tsx';
import { inAWeek, type Period, periods } from './end-of-share.ts';

export type End = { period: Period; chosen: Moment | null };

/** Whether the share ends, and when. */
export function EndFields({ end, onChange }: { end: End; onChange: (end: End) => void }) {
  const words = useWords();
  return (
    <>
      <Select<Period>
        label={words('items.sharing.period')}
        options={periods.map((id) => ({ id, label: words(`items.sharing.periods.${id}`) }))}
        value={end.period}
        onChange={(period) => onChange({ period, chosen: end.chosen ?? (period === 'chosen' ? inAWeek() : null) })}
      />
      {end.period === 'chosen' && (
        <DateTimeField
          label={words('items.sharing.until')}
          value={end.chosen}
          minValue={now(getLocalTimeZone())}
          onChange={(chosen) => onChange({ ...end, chosen })}
          error={isPast(end.chosen) ? words('items.sharing.past') : undefined}
        />
      )}
    </>
  );
}

/** A chosen end that would end the share before it begins, or none yet. */
export function isPast(chosen: Moment | null): boolean {
  return chosen === null || chosen.toDate(getLocalTimeZone()).getTime() <= Date.now();
}

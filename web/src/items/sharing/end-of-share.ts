import { getLocalTimeZone, now, parseAbsolute } from '@internationalized/date';
import type { Moment } from '../../ui/date-time-field.tsx';

/** How long a share holds: as long as nobody ends it, for some days, or until a chosen moment. */
export type Period = 'forever' | 'day' | 'week' | 'month' | 'chosen';
export const periods: readonly Period[] = ['forever', 'day', 'week', 'month', 'chosen'];

const days = { day: 1, week: 7, month: 30 };

/** ISO 8601 in UTC; null for no end. `chosen` counts for its period alone. */
export function endOf(period: Period, chosen: Moment | null, from = now(getLocalTimeZone())): string | null {
  if (period === 'forever') return null;
  if (period !== 'chosen') return from.add({ days: days[period] }).toAbsoluteString();
  if (chosen === null) return null;
  return chosen.toDate(getLocalTimeZone()).toISOString();
}

/** In this browser's time zone. */
export function momentOf(iso: string): Moment {
  return parseAbsolute(iso, getLocalTimeZone());
}

/** The first end that a field offers. */
export function inAWeek(): Moment {
  return now(getLocalTimeZone()).add({ days: 7 }).set({ second: 0, millisecond: 0 });
}

import { refuse } from '../../domain/errors.ts';

/** A bound of a search, as anything that is a date in ISO 8601. */
export function readTime(field: 'since' | 'until', text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(+time)) {
    refuse('field_invalid', { field, why: 'must be an ISO 8601 time such as 2027-01-31T12:00:00Z' });
  }
  return time;
}

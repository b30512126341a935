// What the audit is searched for stands in the query of its address, so that it can be sent to somebody.

import type { arca } from '../api/arca.ts';
import { readItem } from '../api/item-name.ts';
import { type EventGroup, eventGroupNames, eventGroups } from './event-groups.ts';

type Span = 'today' | 'week' | 'month';

export type AuditAddress = {
  user: string | null;
  what: EventGroup | null;
  /** `password:12`. */
  item: string | null;
  /** Until now; or else between two moments, as ISO 8601. */
  span: Span | null;
  since: string | null;
  until: string | null;
  /** From where something was done: an address or a block. */
  from: string | null;
};

export type AuditSearch = NonNullable<Parameters<typeof arca.audit.list>[0]>;

export const nothingSought: AuditAddress = {
  user: null,
  what: null,
  item: null,
  span: null,
  since: null,
  until: null,
  from: null,
};

const days: Record<Span, number> = { today: 0, week: 7, month: 30 };
export const spans = Object.keys(days) as Span[];

/** What is not understood counts as absent. */
export function readAddress(query: URLSearchParams): AuditAddress {
  const item = query.get('item');
  return {
    user: query.get('user') || null,
    what: eventGroupNames.find((name) => name === query.get('what')) ?? null,
    item: item !== null && readItem(item) !== null ? item : null,
    span: spans.find((name) => name === query.get('span')) ?? null,
    since: readTime(query.get('since')),
    until: readTime(query.get('until')),
    from: query.get('from') || null,
  };
}

/** The query of an address, with `more` beside it. */
export function writeAddress(address: AuditAddress, more: Record<string, string> = {}): URLSearchParams {
  const told = Object.entries({ ...address, ...more }).filter(([, value]) => value !== null);
  return new URLSearchParams(told as [string, string][]);
}

export function isSought(address: AuditAddress): boolean {
  return Object.values(address).some((value) => value !== null);
}

/** What the safe is asked. A span begins with a day, so that the same is asked all day long. */
export function searchOf({ user, what, item, span, since, until, from }: AuditAddress, now: Date): AuditSearch {
  const begin = span === null ? since : beginOf(now, days[span]).toISOString();
  return {
    ...(user === null ? {} : { user }),
    ...(what === null ? {} : eventGroups[what]),
    ...(item === null ? {} : { item }),
    ...(begin === null ? {} : { since: begin }),
    ...(until === null || span !== null ? {} : { until }),
    ...(from === null ? {} : { address: from }),
  };
}

/** The start of the day so many days ago, in the time of this device. */
function beginOf(now: Date, daysAgo: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo);
}

function readTime(text: string | null): string | null {
  const time = new Date(text ?? '');
  return Number.isNaN(+time) ? null : time.toISOString();
}

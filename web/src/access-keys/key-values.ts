import type { AccessKey, ChangedAccessKey, NewAccessKey } from '@arca/sdk';
import {
  type CalendarDateTime,
  getLocalTimeZone,
  now,
  parseAbsolute,
  toCalendarDateTime,
} from '@internationalized/date';
import type { ItemName } from '../api/item-name.ts';
import { readFingerprint, spellFingerprint } from './fingerprint.ts';
import { linesOf } from './lines.ts';

/** What the wizard and the form of a change hold while somebody fills them in. */
export type KeyValues = {
  name: string;
  description: string;
  tags: string[];
  encryption: AccessKey['encryption'];
  /** As typed: one below the other. */
  addresses: string;
  referers: string;
  fingerprint: string;
  reach: 'all' | 'chosen';
  items: ItemName[];
  access: 'read' | 'write';
  period: 'until' | 'revoked';
  /** In the time zone of this device. */
  expiresAt: CalendarDateTime | null;
};

/** How a new key begins: with as little as a key can do. */
export function firstValues(): KeyValues {
  return {
    name: '',
    description: '',
    tags: [],
    encryption: 'none',
    addresses: '',
    referers: '',
    fingerprint: '',
    reach: 'chosen',
    items: [],
    access: 'read',
    period: 'until',
    expiresAt: inDays(90),
  };
}

export function inDays(days: number): CalendarDateTime {
  return toCalendarDateTime(now(getLocalTimeZone()).add({ days })).set({ second: 0, millisecond: 0 });
}

export function valuesOf(key: AccessKey): KeyValues {
  const { name, description, tags, encryption, addresses, referers, fingerprint, items, readOnly, expiresAt } = key;
  return {
    name,
    description,
    tags,
    encryption,
    addresses: addresses.join('\n'),
    referers: referers.join('\n'),
    fingerprint: fingerprint === null ? '' : spellFingerprint(fingerprint),
    reach: items === null ? 'all' : 'chosen',
    items: items ?? [],
    access: readOnly ? 'read' : 'write',
    period: expiresAt === null ? 'revoked' : 'until',
    expiresAt: expiresAt === null ? null : toCalendarDateTime(parseAbsolute(expiresAt, getLocalTimeZone())),
  };
}

export function newKeyOf(values: KeyValues): NewAccessKey {
  return { ...changesOf(values), encryption: values.encryption };
}

/** Everything that can be changed, as the safe takes it. */
export function changesOf(values: KeyValues): ChangedAccessKey & { name: string } {
  return {
    name: values.name.trim(),
    description: values.description.trim(),
    tags: values.tags,
    addresses: linesOf(values.addresses),
    referers: linesOf(values.referers),
    fingerprint: readFingerprint(values.fingerprint),
    items: values.reach === 'all' ? null : values.items.map(({ kind, number }) => ({ kind, number })),
    readOnly: values.access === 'read',
    expiresAt: values.period === 'revoked' ? null : endOf(values).toISOString(),
  };
}

/** When the key ends; the beginning of time while no date is there. */
export function endOf({ expiresAt }: Pick<KeyValues, 'expiresAt'>): Date {
  return expiresAt?.toDate(getLocalTimeZone()) ?? new Date(0);
}

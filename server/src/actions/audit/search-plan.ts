import { type Caller, may, mustMay } from '../../domain/access.ts';
import type { ItemReference } from '../../domain/access-key.ts';
import { addressAllowed, readAddressRules } from '../../domain/address.ts';
import type { AuditEntry } from '../../domain/audit.ts';
import { refuse } from '../../domain/errors.ts';
import { normalized } from '../../domain/text.ts';
import { entryOf, recordedEvents, type StoredEntry } from '../../storage/audit.ts';
import type { AuditSearch } from '../../storage/audit-search.ts';
import { findItem } from '../../storage/items.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { loadUser } from '../groups/load-group.ts';
import { readTime } from './read-time.ts';

/** What entries are looked for; null for any. */
export type AuditFilters = {
  /** A username. */
  user: string | null;
  /** An event, or the beginning of some: `item.` */
  event: string | null;
  item: ItemReference | null;
  /** ISO 8601; from this time on. */
  since: string | null;
  /** ISO 8601; before this time. */
  until: string | null;
  /** An address or a CIDR block. */
  address: string | null;
  /** What occurs in the reason of a refusal. */
  reason: string | null;
};

/** How a search goes about it: along one index, and by looking at what stands there. */
export type SearchPlan = {
  walk: Omit<AuditSearch, 'before' | 'most'>;
  /** The entry of a row that is looked for, or null. */
  wanted(row: StoredEntry): AuditEntry | null;
  /** Not all that is walked over is wanted. */
  isSifted: boolean;
};

/**
 * Administrators see everything; others their own acts, and all that was done to an item that they own. The most
 * telling filter chooses the index, the others sift.
 */
export async function planOf(tx: ReadTx, caller: Caller, filters: AuditFilters): Promise<SearchPlan> {
  const { event, item, address, reason } = filters;
  const userId = await userWanted(tx, caller, filters);
  const target = item && `${item.kind}:${item.number}`;
  const blocks = address === null ? null : readAddressRules([address], 'address');
  const text = reason === null ? null : normalized(reason);
  const fits = (name: string) => eventFits(event, name) && (text === null || tellsReason(name));
  const byEvent = target === null && userId === null && (event !== null || text !== null);
  const isWhole = text === null && event !== null && !event.endsWith('.');
  const events = isWhole ? [event] : byEvent ? (await recordedEvents(tx)).filter(fits) : [];
  return {
    walk: {
      target: target ?? undefined,
      userId: target === null ? (userId ?? undefined) : undefined,
      events: byEvent ? events : undefined,
      since: filters.since === null ? undefined : readTime('since', filters.since),
      until: filters.until === null ? undefined : readTime('until', filters.until),
    },
    wanted(row) {
      if (userId !== null && row.user_id !== userId) return null;
      if (!fits(row.event)) return null;
      const entry = entryOf(tx, row);
      const { details } = entry;
      if (blocks && !(typeof details.address === 'string' && addressAllowed(blocks, details.address))) return null;
      if (text !== null && !(typeof details.reason === 'string' && details.reason.includes(text))) return null;
      return entry;
    },
    isSifted: blocks !== null || text !== null || (!byEvent && event !== null) || (target !== null && userId !== null),
  };
}

/** Whose acts are looked for: null for everyone's, as far as the caller may see them. */
async function userWanted(tx: ReadTx, caller: Caller, { user, item }: AuditFilters): Promise<number | null> {
  const me = caller.kind === 'operator' ? null : caller.user;
  mustMay('audit.list', caller, me?.id ?? null);
  if (me && user?.trim().toLowerCase() === me.username) return me.id;
  const seesOthers = may('audit.list', caller, null) || (me !== null && (await ownerOf(tx, item)) === me.id);
  if (user === null) return seesOthers ? null : (me?.id ?? null);
  if (!seesOthers) refuse('access_denied', {});
  return (await loadUser(tx, user)).id;
}

async function ownerOf(tx: ReadTx, item: ItemReference | null): Promise<number | undefined> {
  return item ? (await findItem(tx, item.kind, item.number, 'none'))?.head.ownerId : undefined;
}

function eventFits(wanted: string | null, event: string): boolean {
  if (wanted === null) return true;
  return wanted.endsWith('.') ? event.startsWith(wanted) : event === wanted;
}

function tellsReason(event: string): boolean {
  return event.endsWith('.refused') || event === 'audit.refusals-counted';
}

import type { AuditEntry } from '../../domain/audit.ts';
import { fieldsOf } from '../../domain/item.ts';
import { type Kind, kinds } from '../../domain/kind.ts';

/** What a person has seen or set of one item: of each secret field, in which versions. */
export type KnownItem = { kind: Kind; number: number; lastAt: Date; fields: Map<string, Set<number>> };
/** By `kind:number`. */
export type KnownItems = Map<string, KnownItem>;

/** Events that put a secret into a person's head. */
export const tellingEvents = ['item.revealed', 'item.created', 'item.updated'] as const;

/** Adds what an entry of his tells; entries may come in any order. */
export function addKnown(known: KnownItems, { event, target, at, details }: AuditEntry): void {
  const [kindText = '', numberText = ''] = target?.split(':') ?? [];
  const kind = kinds.find((one) => one === kindText);
  if (!kind || target === null) return;
  const secret = fieldsOf[kind].filter(({ part }) => part === 'secret').map(({ field }) => field);
  const told = Array.isArray(details.fields) ? (details.fields as readonly string[]) : [];
  // A one-time code is worth nothing a minute later, so it is none of these.
  const fields = event === 'item.created' ? secret : secret.filter((field) => told.includes(field));
  const version = event === 'item.created' ? 1 : details.version;
  if (fields.length === 0 || typeof version !== 'number') return;
  const item = known.get(target) ?? { kind, number: Number(numberText), lastAt: at, fields: new Map() };
  known.set(target, item);
  if (at > item.lastAt) item.lastAt = at;
  for (const field of fields) item.fields.set(field, (item.fields.get(field) ?? new Set()).add(version));
}

import type { ItemDraft } from '../../actions/items/draft.ts';
import { Refusal } from '../../domain/errors.ts';
import { fieldsOf } from '../../domain/item.ts';
import type { Kind } from '../../domain/kind.ts';
import { splitTags } from '../../domain/tags.ts';
import type { Body } from '../body.ts';
import { wireFieldOf } from './shapes.ts';

/** The wire allows a note of 900 characters; our own API more. */
const limits = { note: 900 };

/** Translates a body of the wire into a draft: known fields only, under our names, otherwise as they were sent. */
export function draftOf(kind: Kind, body: Body | Refusal): ItemDraft {
  if (body instanceof Refusal) return { fields: body, limits };
  const fields: Record<string, unknown> = {};
  for (const { field, type } of fieldsOf[kind]) {
    const sent = own(body, wireFieldOf(field));
    if (sent === undefined) continue;
    if (type === 'tags') fields[field] = tagsOf(sent);
    else fields[field] = type === 'totp' ? seedOf(sent) : sent;
  }
  for (const [field, wire, nameKey] of sharing) {
    const sent = body.form === 'form' ? formArray(body, wire) : own(body, wire);
    if (sent !== undefined) fields[field] = entriesOf(sent, nameKey, body.form === 'form');
  }
  return { fields, limits };
}

const sharing = [
  ['users', 'users_allowed', 'username'],
  ['groups', 'groups_allowed', 'name'],
] as const;

function own(body: Body, name: string): unknown {
  return Object.hasOwn(body.fields, name) ? body.fields[name] : undefined;
}

/** On the wire tags are one text; anything else but null is of the wrong type, a list too. */
function tagsOf(sent: unknown): unknown {
  if (typeof sent === 'string') return splitTags(sent);
  return sent === null ? null : { wrongType: true };
}

function entriesOf(sent: unknown, nameKey: 'username' | 'name', isForm: boolean): unknown {
  if (!Array.isArray(sent)) return sent;
  return sent.map((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry;
    const { [nameKey]: name, can_edit: canEdit } = entry as Record<string, unknown>;
    return { name, canEdit: isForm ? flagOf(canEdit) : canEdit };
  });
}

/** In a form `true` and `1` are true, be they texts or not; what is no flag stays for the check of types. */
function flagOf(sent: unknown): unknown {
  return typeof sent === 'string' || typeof sent === 'number' ? /^(true|1)$/i.test(String(sent).trim()) : sent;
}

/** In a form a sharing array is a JSON text, or one name for each cell: `users_allowed[0][username]`. */
function formArray(body: Body, wire: string): unknown {
  const whole = own(body, wire);
  if (typeof whole === 'string') {
    if (whole.trim() === '') return [];
    try {
      return JSON.parse(whole) as unknown;
    } catch {
      return whole;
    }
  }
  const cells = new RegExp(`^${wire}\\[(\\d{1,4})\\]\\[(\\w+)\\]$`);
  const entries = new Map<number, Record<string, unknown>>();
  for (const [name, value] of Object.entries(body.fields)) {
    const [, at, key] = cells.exec(name) ?? [];
    if (at === undefined || key === undefined || key === '__proto__') continue;
    entries.set(Number(at), { ...entries.get(Number(at)), [key]: value });
  }
  if (entries.size === 0) return undefined;
  return [...entries].sort(([a], [b]) => a - b).map(([, entry]) => entry);
}

/** The wire takes a bare seed; the URI that our own API takes too is refused there as any text that is no seed. */
function seedOf(sent: unknown): unknown {
  return typeof sent === 'string' && sent.includes(':') ? ':' : sent;
}

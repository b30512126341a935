import { addressAllowed, readAddressRules } from './address.ts';
import { refuse } from './errors.ts';
import { type Kind, kinds } from './kind.ts';
import { readRefererRules, refererAllowed } from './referer.ts';
import { tidyTags } from './tags.ts';
import { codePoints, isBlank } from './text.ts';

export const encryptions = ['none', 'rsa-oaep', 'jwe'] as const;
export type Encryption = (typeof encryptions)[number];

export type ItemReference = { kind: Kind; number: number };

/** What an access key may do and from where. Empty lists of addresses and referers mean any. */
export type KeyLimits = {
  /** Single addresses, CIDR blocks or `*`. */
  addresses: readonly string[];
  /** Origin and path prefix, such as `https://app.example.com/portal`. */
  referers: readonly string[];
  /** SHA-256 of the client certificate, 64 lower-case hex characters, or null for none wanted. */
  fingerprint: string | null;
  /** The chosen items, or null for full access. */
  items: readonly ItemReference[] | null;
  readOnly: boolean;
};

/** An OAuth client that acts as its owner and never exceeds him. */
export type AccessKey = {
  id: number;
  clientId: string;
  ownerId: number;
  encryption: Encryption;
  /** SPKI DER; null without encryption. */
  publicKey: Uint8Array | null;
  limits: KeyLimits;
  /** Null until revoked by hand. */
  expiresAt: Date | null;
  revokedAt: Date | null;
  createdAt: Date;
};

/** What only the owner reads of a key; sealed at rest. */
export type KeyPrivate = {
  name: string;
  description: string;
  tags: readonly string[];
  clientSecret: string;
  /** PKCS#8 PEM; null without encryption. */
  privateKeyPem: string | null;
};

/** Where a call came from, as far as the server could prove it. */
export type Origin = { address: string; referer: string | null; fingerprint: string | null };

export function keyReaches(key: AccessKey, item: ItemReference): boolean {
  const { items } = key.limits;
  return items === null || items.some((chosen) => chosen.kind === item.kind && chosen.number === item.number);
}

/** Live: neither revoked nor past its end. */
export function keyIsLive(key: AccessKey, now: Date): boolean {
  return key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now);
}

/** The first limit that this origin breaks, or null when the key may be used from there. */
export function brokenLimit(limits: KeyLimits, origin: Origin): 'address' | 'referer' | 'certificate' | null {
  if (!addressAllowed(limits.addresses, origin.address)) return 'address';
  if (!refererAllowed(limits.referers, origin.referer)) return 'referer';
  if (limits.fingerprint !== null && limits.fingerprint !== origin.fingerprint) return 'certificate';
  return null;
}

/** What a caller sends to add or change a key; absent means the default (add) or unchanged (change). */
export type KeyDraft = {
  name?: string;
  description?: string;
  tags?: readonly string[];
  addresses?: readonly string[];
  referers?: readonly string[];
  fingerprint?: string | null;
  items?: readonly string[] | null;
  readOnly?: boolean;
  expiresAt?: string | null;
};

/** In code points. */
export const longestKeyName = 255;

export function readKeyLabel(draft: KeyDraft, before: Pick<KeyPrivate, 'name' | 'description' | 'tags'> | null) {
  const name = (draft.name ?? before?.name ?? '').trim();
  const description = draft.description ?? before?.description ?? '';
  if (isBlank(name)) refuse('field_missing', { field: 'name' });
  if (codePoints(name) > longestKeyName) {
    refuse('field_invalid', { field: 'name', why: `longer than ${longestKeyName} characters` });
  }
  if (codePoints(description) > 1000) {
    refuse('field_invalid', { field: 'description', why: 'longer than 1000 characters' });
  }
  return { name, description, tags: tidyTags(draft.tags ?? before?.tags ?? []) };
}

export function readKeyLimits(draft: KeyDraft, before: KeyLimits | null): KeyLimits {
  return {
    addresses: draft.addresses ? readAddressRules(draft.addresses) : (before?.addresses ?? []),
    referers: draft.referers ? readRefererRules(draft.referers) : (before?.referers ?? []),
    fingerprint: draft.fingerprint === undefined ? (before?.fingerprint ?? null) : readFingerprint(draft.fingerprint),
    items: draft.items === undefined ? (before?.items ?? null) : readItemReferences(draft.items),
    readOnly: draft.readOnly ?? before?.readOnly ?? false,
  };
}

/** An ISO 8601 time with zone, in the future; null or '' never expires. */
export function readExpiry(text: string | null, now: Date): Date | null {
  if (text === null || text === '') return null;
  const when = new Date(text);
  const invalid = (why: string): never => refuse('field_invalid', { field: 'expires', why });
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text) || Number.isNaN(+when)) {
    invalid('must be an ISO 8601 time such as 2027-01-31T12:00:00Z');
  }
  if (when <= now) invalid('must be in the future');
  return when;
}

/** SHA-256 fingerprint in hex, any case, with or without colons; null or '' for none. */
function readFingerprint(text: string | null): string | null {
  if (text === null || text.trim() === '') return null;
  const hex = text.trim().replaceAll(':', '').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hex)) {
    refuse('field_invalid', { field: 'fingerprint', why: 'must be the 64 hex digits of a SHA-256 fingerprint' });
  }
  return hex;
}

function readItemReferences(texts: readonly string[] | null): ItemReference[] | null {
  return texts === null ? null : texts.map(readItemReference);
}

/** Reads `kind:number`, such as `password:3`. */
function readItemReference(text: string): ItemReference {
  const [kind, number] = text.trim().split(':');
  const found = kinds.find((one) => one === kind);
  if (!found || !/^[1-9][0-9]{0,14}$/.test(number ?? '')) {
    return refuse('field_invalid', { field: 'items', why: `must be kind:number with a kind of ${kinds.join(', ')}` });
  }
  return { kind: found, number: Number(number) };
}

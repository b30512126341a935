import { addressAllowed, readAddressRules } from './address.ts';
import { refuse } from './errors.ts';
import { type Kind, kinds } from './kind.ts';
import { readRefererRules, refererAllowed } from './referer.ts';
import { tidyTags } from './tags.ts';
import { codePoints, isBlank } from './text.ts';

export const encryptions = ['none', 'rsa-oaep', 'jwe'] as const;
export type Encryption = (typeof encryptions)[number];

export type ItemReference = { kind: Kind; number: number };

/** What names a key in a request: its client id for the command, its number in our own API. */
export type KeyName = { clientId: string } | { id: number };

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
  /** Since a restore, until the key is confirmed: a backup may be older than its revocation. */
  heldAt: Date | null;
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

type Ending = Pick<AccessKey, 'expiresAt' | 'revokedAt' | 'heldAt'>;

/** Live: neither revoked nor held nor past its end. */
export function keyIsLive(key: Ending, now: Date): boolean {
  return key.revokedAt === null && key.heldAt === null && (key.expiresAt === null || key.expiresAt > now);
}

export const keyStates = ['live', 'held', 'expired', 'revoked'] as const;
export type KeyState = (typeof keyStates)[number];

export function keyState(key: Ending, now: Date): KeyState {
  if (keyIsLive(key, now)) return 'live';
  if (key.revokedAt !== null) return 'revoked';
  return key.heldAt === null ? 'expired' : 'held';
}

/** What limits from where a key may be used, in the order in which it is looked at. */
const holds = {
  address: (limits, origin) => addressAllowed(limits.addresses, origin.address),
  referer: (limits, origin) => refererAllowed(limits.referers, origin.referer),
  certificate: (limits, origin) => limits.fingerprint === null || limits.fingerprint === origin.fingerprint,
} as const satisfies Record<string, (limits: KeyLimits, origin: Origin) => boolean>;

export type OriginLimit = keyof typeof holds;
const originLimits = Object.keys(holds) as OriginLimit[];

/** The first limit that this origin breaks, or null when the key may be used from there. */
export function brokenLimit(limits: KeyLimits, origin: Origin): OriginLimit | null {
  return originLimits.find((limit) => !holds[limit](limits, origin)) ?? null;
}

/** Every limit that this origin breaks. */
export function brokenLimits(limits: KeyLimits, origin: Origin): OriginLimit[] {
  return originLimits.filter((limit) => !holds[limit](limits, origin));
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
export const longestKeyDescription = 1000;
export const mostKeyItems = 1000;

export function readKeyLabel(draft: KeyDraft, before: Pick<KeyPrivate, 'name' | 'description' | 'tags'> | null) {
  const name = (draft.name ?? before?.name ?? '').trim();
  const description = draft.description ?? before?.description ?? '';
  if (isBlank(name)) refuse('field_missing', { field: 'name' });
  if (codePoints(name) > longestKeyName) {
    refuse('field_invalid', { field: 'name', why: `longer than ${longestKeyName} characters` });
  }
  if (codePoints(description) > longestKeyDescription) {
    refuse('field_invalid', { field: 'description', why: `longer than ${longestKeyDescription} characters` });
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
  const invalid = (why: string): never => refuse('field_invalid', { field: 'expiresAt', why });
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text) || Number.isNaN(+when)) {
    invalid('must be an ISO 8601 time such as 2027-01-31T12:00:00Z');
  }
  if (when <= now) invalid('must be in the future');
  return when;
}

/** SHA-256 fingerprint in hex, any case, with or without colons; null or '' for none. */
export function readFingerprint(text: string | null): string | null {
  if (text === null || text.trim() === '') return null;
  const hex = text.trim().replaceAll(':', '').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hex)) {
    refuse('field_invalid', { field: 'fingerprint', why: 'must be the 64 hex digits of a SHA-256 fingerprint' });
  }
  return hex;
}

function readItemReferences(texts: readonly string[] | null): ItemReference[] | null {
  if (texts === null) return null;
  const items = new Map(texts.map(readItemReference).map((item) => [`${item.kind}:${item.number}`, item]));
  if (items.size > mostKeyItems) refuse('field_invalid', { field: 'items', why: `more than ${mostKeyItems} items` });
  return [...items.values()];
}

/** Reads `kind:number`, such as `password:3`. */
function readItemReference(text: string): ItemReference {
  const [kind, number, ...rest] = text.trim().split(':');
  const found = kinds.find((one) => one === kind);
  if (!found || rest.length > 0 || !/^[1-9][0-9]{0,14}$/.test(number ?? '')) {
    return refuse('field_invalid', { field: 'items', why: `must be kind:number with a kind of ${kinds.join(', ')}` });
  }
  return { kind: found, number: Number(number) };
}

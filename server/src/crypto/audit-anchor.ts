import { sign, verify } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { Keyring } from './keyring.ts';
import { publicKeyOf } from './public-keys.ts';

/** How long a lane was; `hash` is base64. */
export type AnchoredLane = { lane: string; sequence: number; hash: string };

/**
 * The ends of all lanes ever opened. Every entry that was committed before `at` is in it; `signedAt` is when it was read
 * and signed. Milliseconds since 1970.
 */
export type AnchorClaim = {
  format: typeof anchorFormat;
  safe: string;
  at: number;
  signedAt: number;
  lanes: AnchoredLane[];
  keyId: string;
};

export type Anchor = AnchorClaim & { signature: string };

const anchorFormat = 'arca-audit-anchor-1';

/** One line: the canonical JSON of the claim with its signature, Ed25519 over the canonical JSON without it. */
export function signAnchor(ring: Keyring, read: Pick<AnchorClaim, 'at' | 'signedAt' | 'lanes'>): string {
  const [key] = ring.auditSigning;
  const claim: AnchorClaim = { ...read, format: anchorFormat, safe: ring.safeId, keyId: key.id };
  const signature = sign(null, Buffer.from(canonicalJson(claim)), key.key).toString('base64');
  return canonicalJson({ ...claim, signature });
}

/** Whether that key (SPKI DER) signed exactly this. */
export function anchorHolds(publicKeyDer: Uint8Array, { signature, ...claim }: Anchor): boolean {
  try {
    const key = publicKeyOf(publicKeyDer);
    const signed = Buffer.from(canonicalJson(claim));
    return key.asymmetricKeyType === 'ed25519' && verify(null, signed, key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

/** The anchor in a line, whatever a receiver of logs put before it; null when there is none. */
export function readAnchor(line: string): Anchor | null {
  const from = line.indexOf('{');
  if (from < 0 || !line.includes(anchorFormat)) return null;
  try {
    const anchor = JSON.parse(line.slice(from)) as Anchor;
    const { format, safe, at, signedAt, lanes, keyId, signature } = anchor;
    const texts = [safe, keyId, signature].every((one) => typeof one === 'string');
    // Beyond these milliseconds there are no dates.
    const times = [at, signedAt].every((one) => Number.isInteger(one) && Math.abs(one) <= 8.64e15);
    const isWhole = format === anchorFormat && texts && times && Array.isArray(lanes) && lanes.every(isLane);
    return isWhole ? anchor : null;
  } catch {
    return null;
  }
}

function isLane(one: unknown): boolean {
  const { lane, sequence, hash } = (one ?? {}) as AnchoredLane;
  return typeof lane === 'string' && Number.isSafeInteger(sequence) && typeof hash === 'string';
}

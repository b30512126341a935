import { createHash, sign, verify } from 'node:crypto';
import type { Keyring } from './keyring.ts';
import { encodeFields } from './length-prefixed.ts';

/** What the end of a backup claims: the SHA-256 of all its lines before, and when it was made (milliseconds since 1970). */
export type BackupClaim = { safeId: string; madeAt: number; digest: Uint8Array };

const FORMAT = 'arca backup 1';

/** Ed25519 by the current audit-signing key, and which key that is. */
export function signBackup(ring: Keyring, claim: BackupClaim): { keyId: string; signature: Uint8Array } {
  const [current] = ring.auditSigning;
  return { keyId: current.id, signature: sign(null, encode(claim), current.key) };
}

/** Whether a key of this very ring signed exactly this claim. */
export function backupSignatureHolds(ring: Keyring, claim: BackupClaim, keyId: string, signature: Uint8Array): boolean {
  const key = ring.auditSigning.find(({ id }) => id === keyId);
  return key !== undefined && verify(null, encode(claim), key.publicKey, signature);
}

function encode({ safeId, madeAt, digest }: BackupClaim): Buffer {
  return encodeFields([FORMAT, safeId, madeAt, digest]);
}

/** SHA-256 of texts that come one after another, each followed by a line feed. */
export function startLineDigest(): { add(line: string): void; end(): Buffer } {
  const hash = createHash('sha256');
  return {
    add: (line) => void hash.update(line).update('\n'),
    end: () => hash.digest(),
  };
}

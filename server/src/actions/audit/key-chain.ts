import { auditPublicKeys } from '../../crypto/audit-chain.ts';
import { keyLinkHolds } from '../../crypto/audit-key-link.ts';
import { listKeys } from '../../storage/safe-keys.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import type { ExportedKey } from './export-form.ts';
import type { Say } from './verdict.ts';

/** The keys that signed the audit, the current one first, each with what the one before says of it. */
export async function exportedKeys(tx: ReadTx): Promise<ExportedKey[]> {
  const links = new Map((await listKeys(tx)).map(({ id, link }) => [id, link]));
  return auditPublicKeys(tx.ring).map(({ id, publicKey }) => {
    const link = links.get(id);
    const key = { id, publicKey: base64(publicKey) };
    return link ? { ...key, signedBy: { key: link.by, at: +link.at, signature: base64(link.signature) } } : key;
  });
}

/**
 * The keys that a verifier believes, by id: those that he trusts, and those that one of these has signed, and so on. With
 * null he believes all. A link that is forged, a key that no trusted one has signed, two keys that follow the same
 * one, and two of the same name are problems.
 */
export function believedKeys(
  safe: string,
  keys: readonly ExportedKey[],
  trusted: readonly string[] | null,
  say: Say,
): Map<string, Buffer> {
  const problems = new Set<string>();
  const believed = new Map<string, Buffer>();
  for (const { id, publicKey } of keys) {
    if (trusted !== null && !trusted.includes(publicKey)) continue;
    if (believed.has(id)) problems.add(`two keys are named ${id}`);
    else believed.set(id, Buffer.from(publicKey, 'base64'));
  }
  const followed = new Map<string, string>();
  // Each round but the last follows at least one link.
  for (let before = -1; before < believed.size; ) {
    before = believed.size;
    for (const { id, publicKey, signedBy } of keys) {
      const signer = signedBy && believed.get(signedBy.key);
      if (!signedBy || !signer) continue;
      const der = Buffer.from(publicKey, 'base64');
      const claim = { safeId: safe, from: signedBy.key, to: id, publicKey: der, at: signedBy.at };
      const next = followed.get(signedBy.key) ?? id;
      if (!keyLinkHolds(signer, claim, Buffer.from(signedBy.signature, 'base64'))) {
        problems.add(`the signature of key ${id} by the key before it does not hold`);
      } else if (next !== id) {
        problems.add(`key ${signedBy.key} has signed two keys to follow it, ${next} and ${id}`);
      } else {
        followed.set(signedBy.key, id);
        if (!believed.has(id)) believed.set(id, der);
      }
    }
  }
  for (const { id, publicKey } of keys) {
    if (believed.get(id)?.equals(Buffer.from(publicKey, 'base64'))) continue;
    problems.add(`key ${id} is named, and no trusted key has signed it`);
  }
  for (const problem of problems) say(null, null, problem);
  return believed;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

import { auditPublicKeys } from '../../crypto/audit-chain.ts';
import { mustMay } from '../../domain/access.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import type { ExportedKey } from './export-form.ts';

/** The keys that sign the audit, the current one first, SPKI DER in base64: to be noted where the safe cannot reach. */
export function auditPublicKey(ctx: Context): Promise<ExportedKey[]> {
  return actReading(ctx, { action: 'audit.verify', target: null }, async (_tx, caller) => {
    mustMay('audit.verify', caller);
    return auditPublicKeys(ctx.safe.ring).map(({ id, publicKey }) => ({
      id,
      publicKey: Buffer.from(publicKey).toString('base64'),
    }));
  });
}

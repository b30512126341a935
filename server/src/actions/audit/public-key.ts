import { mustMay } from '../../domain/access.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import type { ExportedKey } from './export-form.ts';
import { exportedKeys } from './key-chain.ts';

/** The keys that sign the audit, the current one first, SPKI DER in base64: to be noted where the safe cannot reach. */
export function auditPublicKey(ctx: Context): Promise<ExportedKey[]> {
  return actReading(ctx, { action: 'audit.verify', target: null }, async (tx, caller) => {
    mustMay('audit.verify', caller);
    return exportedKeys(tx);
  });
}

import { auditPublicKeys } from '../../crypto/audit-chain.ts';
import type { Context } from '../safe.ts';
import { auditLines } from './export.ts';
import { type AuditVerdict, verifyExport } from './verify-export.ts';

/** Verifies the audit of the open safe against its own signing keys. */
export function verifyAudit(ctx: Context): Promise<AuditVerdict> {
  const trusted = auditPublicKeys(ctx.safe.ring).map(({ publicKey }) => Buffer.from(publicKey).toString('base64'));
  return verifyExport(auditLines(ctx, 'audit.verify', false), trusted);
}

import { auditPublicKeys } from '../../crypto/audit-chain.ts';
import { mustMay } from '../../domain/access.ts';
import { strayEntries } from '../../storage/audit.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { auditLines } from './export.ts';
import type { AuditVerdict } from './verdict.ts';
import { verifyExport } from './verify-export.ts';
import { verifyState } from './verify-state.ts';

/**
 * Verifies the audit of the open safe against its own signing keys and the anchors in its own file; with `state`, also
 * that every row stands as the audit tells.
 */
export async function verifyAudit(ctx: Context, input: { state?: boolean } | null | undefined): Promise<AuditVerdict> {
  const trusted = auditPublicKeys(ctx.safe.ring).map(({ publicKey }) => Buffer.from(publicKey).toString('base64'));
  const verdict = await verifyExport(auditLines(ctx, 'audit.verify', false), trusted, ctx.safe.anchors.lines());
  // An export ends at each lane's head; in the store more may have been put behind it, and lists would show it.
  const stray = await actReading(ctx, { action: 'audit.verify', target: null }, async (tx, caller) => {
    mustMay('audit.verify', caller);
    return strayEntries(tx);
  });
  const problems = [
    ...verdict.problems,
    ...stray.map(({ lane, sequence }) => ({ lane, sequence, problem: 'no signed head tells of this entry' })),
    ...(input?.state ? await verifyState(ctx) : []),
  ];
  const holds = problems.length === 0;
  return { ...verdict, holds, completeTo: holds ? verdict.completeTo : null, problems };
}

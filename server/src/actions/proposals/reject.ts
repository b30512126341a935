import type { Context } from '../safe.ts';
import { decideProposal } from './decide.ts';
import type { ShownProposal } from './shown.ts';

/** Rejects a proposal: nothing of it is done. Whoever made it takes it back so. */
export function rejectProposal(ctx: Context, { id }: { id: number }): Promise<ShownProposal> {
  return decideProposal(ctx, { id, outcome: 'rejected' }, async () => undefined);
}

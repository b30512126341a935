import { mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { listProposals as loadProposals } from '../../storage/proposals.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { type ShownProposal, showProposals } from './shown.ts';

export type ProposalList = {
  /** Only those that wait. */
  waiting: boolean;
  most: number;
  /** As an earlier page gave it. */
  cursor: string | null;
};

/** Proposals, those that wait first and of either the newest first. */
export function listProposals(
  ctx: Context,
  { waiting, most, cursor }: ProposalList,
): Promise<{ proposals: ShownProposal[]; next: string | null }> {
  return actReading(ctx, { action: 'proposal.list', target: null }, async (tx, caller, now) => {
    mustMay('proposal.list', caller);
    const from = readCursor(cursor);
    // One more than asked for tells whether there is a next page.
    const found = from.group === 'waiting' ? await loadProposals(tx, 'waiting', from.before, most + 1, now) : [];
    const decidedFrom = found.length;
    if (!waiting && found.length <= most) {
      const before = from.group === 'waiting' ? Number.MAX_SAFE_INTEGER : from.before;
      found.push(...(await loadProposals(tx, 'others', before, most + 1 - found.length, now)));
    }
    const page = found.slice(0, most);
    const last = found.length > most ? page.at(-1) : undefined;
    const group = page.length > decidedFrom ? 'others' : 'waiting';
    return { proposals: await showProposals(tx, page, now), next: last ? `${group}.${last.id}` : null };
  });
}

function readCursor(cursor: string | null): { group: 'waiting' | 'others'; before: number } {
  if (cursor === null) return { group: 'waiting', before: Number.MAX_SAFE_INTEGER };
  const [, group, id] = /^(waiting|others)\.([1-9]\d{0,14})$/.exec(cursor) ?? [];
  return id === undefined ? refuse('cursor_invalid', {}) : { group: group as 'waiting' | 'others', before: Number(id) };
}

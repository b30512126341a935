import type { Safe } from '../../src/actions/safe.ts';
import type { AuditDraft } from '../../src/domain/audit.ts';
import { house } from '../../src/domain/turns.ts';
import { record } from '../../src/storage/audit.ts';
import type { SignedIn } from '../start-safe.ts';
import { done } from './problem.ts';

/** An entry as our own API shows it. */
export type Entry = {
  id: string;
  at: string;
  event: string;
  user: string | null;
  accessKey: { id: number; clientId: string } | null;
  target: string | null;
  address: string | null;
  requestId: string;
  details: Record<string, unknown>;
};
export type Page = { entries: Entry[]; next: string | null; partial: boolean };

export const path = '/api/v1/audit';

export async function pageOf(who: SignedIn, query = ''): Promise<Page> {
  return done<Page>(await who.call('GET', `${path}?${query}`));
}

/** Everything that a search finds, page by page. */
export async function allOf(who: SignedIn, query = ''): Promise<Entry[]> {
  const found: Entry[] = [];
  for (let page = await pageOf(who, query); ; page = await pageOf(who, `${query}&cursor=${page.next}`)) {
    found.push(...page.entries);
    if (page.next === null) return found;
  }
}

/** Records entries past every action, in one transaction: a history that would take long to make. */
export function recordMany({ store }: Safe, drafts: readonly (AuditDraft & { at: Date })[]): Promise<void> {
  return new Promise((resolve, reject) => {
    store.submit({
      async run(tx) {
        for (const { at, ...draft } of drafts) record(tx, draft, at, 'a-request');
      },
      refused: (_tx, refusal) => reject(refusal),
      resolve: () => resolve(),
      reject,
      by: house,
      queuedAt: performance.now(),
      tries: 0,
    });
  });
}

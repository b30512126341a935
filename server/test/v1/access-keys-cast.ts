import type { Policy } from '../../src/domain/policy.ts';
import { house } from '../../src/domain/turns.ts';
import { loadPolicyForUpdate, savePolicy } from '../../src/storage/policy.ts';
import type { Answer, SignedIn, TestSafe } from '../start-safe.ts';
import { done } from './problem.ts';

/** A key as our own API shows it. */
export type Key = {
  id: number;
  clientId: string;
  owner: string;
  name: string;
  description: string;
  tags: string[];
  encryption: string;
  addresses: string[];
  referers: string[];
  fingerprint: string | null;
  items: { kind: string; number: number }[] | null;
  readOnly: boolean;
  state: string;
  expiresAt: string | null;
  revokedAt: string | null;
  createdAt: string;
  lastUsedAt: string | null;
  uses: number;
  lastAddress: string | null;
};
export type Credentials = { id: number; clientId: string; clientSecret: string };

export const path = '/api/v1/access-keys';

export async function addKey(who: SignedIn, draft: object = {}): Promise<Credentials> {
  return done<Credentials>(await who.call('POST', path, { name: 'k', ...draft }), 201);
}

export async function keyOf(who: SignedIn, id: number): Promise<Key> {
  return done<Key>(await who.call('GET', `${path}/${id}`));
}

export const idsOf = (answer: Answer): number[] => done<{ accessKeys: Key[] }>(answer).accessKeys.map(({ id }) => id);

/** Settles a policy past its own action, which asks more of an administrator than these tests are about. */
export function settlePolicy(safe: TestSafe, change: Partial<Policy>): Promise<void> {
  const { store, clock } = safe.serving.safe;
  return new Promise((resolve, reject) => {
    store.submit({
      async run(tx) {
        const before = await loadPolicyForUpdate(tx);
        await savePolicy(tx, { ...before, ...change, revision: before.revision + 1 }, clock());
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

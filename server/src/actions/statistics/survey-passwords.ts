import { ailmentsOf, type Examined } from '../../domain/password-health.ts';
import { leastPeople, siteOf } from '../../domain/site.ts';
import { type Strength, strengths } from '../../domain/strength.ts';
import { enabledPasswordsAfter } from '../../storage/statistics.ts';
import { usersOf } from '../../storage/users.ts';
import { giveWay } from '../give-way.ts';
import { examine } from '../items/examine.ts';
import type { Context } from '../safe.ts';
import type { Survey } from './surveys.ts';

const slice = 100;
const most = 10;

/**
 * Counts over all enabled passwords, by the safe itself: no secret leaves, so none is recorded. Each slice is a read of
 * its own, so that a long survey holds nothing open.
 */
export async function surveyPasswords(ctx: Context): Promise<Survey> {
  const { store, clock, passwordTags } = ctx.safe;
  const examined: Examined[] = [];
  const sites = new Map<string, { passwords: number; owners: Set<number> }>();
  for (let after = 0; ; ) {
    const began = performance.now();
    const found = await store.read(async (tx) => {
      const numbers = await enabledPasswordsAfter(tx, after, slice);
      return { numbers, passwords: await examine(tx, passwordTags, numbers) };
    });
    for (const { url, ...one } of found.passwords) {
      examined.push(one);
      const site = siteOf(url);
      if (site === null) continue;
      const known = sites.get(site) ?? { passwords: 0, owners: new Set() };
      known.passwords += 1;
      known.owners.add(one.ownerId);
      sites.set(site, known);
    }
    if (found.numbers.length < slice) break;
    after = found.numbers.at(-1) ?? 0;
    await giveWay(store, began);
  }
  return {
    countedAt: clock(),
    strengths: countStrengths(examined),
    sites: [...sites]
      .filter(([, { owners }]) => owners.size >= leastPeople)
      .map(([site, { passwords, owners }]) => ({ site, passwords, people: owners.size }))
      .sort((a, b) => b.passwords - a.passwords || (a.site < b.site ? -1 : 1))
      .slice(0, most),
    people: await countByOwner(ctx, examined),
  };
}

function countStrengths(examined: readonly Examined[]): Record<Strength, number> {
  const counts = Object.fromEntries(strengths.map((strength) => [strength, 0])) as Record<Strength, number>;
  for (const { strength } of examined) counts[strength] += 1;
  return counts;
}

/** Of whom most passwords are weak or reused, as numbers: which ones they are only he is told. */
async function countByOwner(ctx: Context, examined: readonly Examined[]): Promise<Survey['people']> {
  const ailing = ailmentsOf(examined, ctx.safe.clock());
  const counts = new Map<number, { weak: number; reused: number }>();
  for (const { number, ownerId } of examined) {
    const its = ailing.get(number) ?? [];
    const known = counts.get(ownerId) ?? { weak: 0, reused: 0 };
    if (its.includes('weak')) known.weak += 1;
    if (its.includes('reused')) known.reused += 1;
    counts.set(ownerId, known);
  }
  const worst = [...counts]
    .filter(([, { weak, reused }]) => weak + reused > 0)
    .sort(([, a], [, b]) => b.weak + b.reused - (a.weak + a.reused))
    .slice(0, most);
  const users = await ctx.safe.store.read((tx) =>
    usersOf(
      tx,
      worst.map(([ownerId]) => ownerId),
    ),
  );
  return worst.map(([ownerId, count]) => ({ username: users.get(ownerId)?.username ?? '', ...count }));
}

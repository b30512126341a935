import { type AccessKey, keyIsLive } from './access-key.ts';

/** What a report finds wrong, or worth a look, with an access key. */
export const findings = [
  'never-used',
  'unused',
  'over-wide',
  'never-expires',
  'expires-soon',
  'owner-disabled',
] as const;
export type Finding = (typeof findings)[number];

/** What a report is made of: the key, when it was last used, and whether its owner is disabled. */
export type KeyFacts = { key: AccessKey; lastUsedAt: Date | null; isOwnerDisabled: boolean };

const day = 86_400_000;
/** An end within so many days is told before it surprises anyone. */
export const soonDays = 14;

const rules: Readonly<Record<Finding, (facts: KeyFacts, now: Date, unusedDays: number) => boolean>> = {
  'never-used': ({ lastUsedAt }) => lastUsedAt === null,
  unused: ({ lastUsedAt }, now, unusedDays) => lastUsedAt !== null && +lastUsedAt <= +now - unusedDays * day,
  'over-wide': ({ key }) => isOverWide(key),
  'never-expires': ({ key }) => key.expiresAt === null,
  'expires-soon': ({ key }, now) => key.expiresAt !== null && +key.expiresAt <= +now + soonDays * day,
  'owner-disabled': ({ isOwnerDisabled }) => isOwnerDisabled,
};

/** What is found of a live key; nothing of one that has ended, which does no harm any more. */
export function findingsOf(facts: KeyFacts, now: Date, unusedDays: number): Finding[] {
  if (!keyIsLive(facts.key, now)) return [];
  return findings.filter((finding) => rules[finding](facts, now, unusedDays));
}

/** From any address, every item of its owner, reading and writing. */
function isOverWide({ limits }: AccessKey): boolean {
  const { addresses, items, readOnly } = limits;
  // A block of length 0 is the whole of IPv4 or IPv6.
  const isAny = addresses.length === 0 || addresses.some((rule) => rule === '*' || /\/0+$/.test(rule));
  return isAny && items === null && !readOnly;
}

import { type Finding, findingsOf } from '../../domain/key-report.ts';
import { usersOf } from '../../storage/users.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { type KeyPage, openedAtOnce, ownerWanted, scanKeys } from './scan.ts';
import { type ShownKey, shownKey } from './shown.ts';

export type KeyReport = {
  /** `all`, a username, or null for the caller's own. */
  owner: string | null;
  /** After so many days without use a key counts as unused. */
  unusedDays: number;
  /** Keys with this finding alone; null for any. */
  finding: Finding | null;
  limit: number;
  cursor: string | null;
};

export type ReportedKey = ShownKey & { findings: Finding[] };

/** Live keys that deserve a look, newest first, each with everything that is found of it. */
export function reportOnKeys(ctx: Context, report: KeyReport): Promise<KeyPage<ReportedKey>> {
  return actReading(ctx, { action: 'access-key.report', target: null }, async (tx, caller, now) => {
    const ownerId = await ownerWanted(tx, 'access-key.report', caller, report.owner);
    const whose = { ownerId, state: { is: 'live', now } } as const;
    const { limit, cursor, finding, unusedDays } = report;
    return scanKeys(tx, { whose, limit, cursor, slice: openedAtOnce }, async (keys) => {
      const owners = await usersOf(
        tx,
        keys.map((key) => key.ownerId),
      );
      const reported = keys.map((key): [number, ReportedKey] => {
        const isOwnerDisabled = (owners.get(key.ownerId)?.disabledAt ?? null) !== null;
        const facts = { key, lastUsedAt: key.lastUsedAt, isOwnerDisabled };
        return [key.id, { ...shownKey(key, now), findings: findingsOf(facts, now, unusedDays) }];
      });
      const isTold = ({ findings }: ReportedKey) => (finding ? findings.includes(finding) : findings.length > 0);
      return new Map(reported.filter(([, key]) => isTold(key)));
    });
  });
}

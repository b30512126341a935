import { bestOf, mustMayOnItem } from '../../domain/access.ts';
import { isRunning, type ShareRole } from '../../domain/sharing.ts';
import { byCodePoint } from '../../domain/text.ts';
import { membersOf } from '../../storage/groups.ts';
import { usersOf } from '../../storage/users.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { type ItemName, loadItem, targetOf } from './load-item.ts';

/** One way by which a user has access: as the owner, or by a share with him or with a group of his. */
type AccessReason =
  | { by: 'owner' }
  | { by: 'user'; role: ShareRole; expiresAt: Date | null }
  | { by: 'group'; role: ShareRole; expiresAt: Date | null; groupId: number; group: string | null };

export type WithAccess = { username: string; role: 'owner' | ShareRole; reasons: AccessReason[] };

/**
 * Who has access to an item, and why: active users only, by username. Who is in a private group whose members may not
 * be seen is told to its owner and to the owner of the item; to others the group has no name.
 */
export function listAccess(ctx: Context, input: ItemName): Promise<WithAccess[]> {
  return actReading(ctx, { action: 'item.list-access', target: targetOf(input) }, async (tx, caller, now) => {
    const { head, relation, shares } = await loadItem(tx, caller, input, 'none', now);
    mustMayOnItem('item.list-access', caller, relation, head);
    const reasons = new Map<number, AccessReason[]>([[head.ownerId, [{ by: 'owner' }]]]);
    const give = (userId: number, reason: AccessReason) =>
      reasons.set(userId, [...(reasons.get(userId) ?? []), reason]);
    for (const { subject, subjectId, name, role, expiresAt, privateGroupOwnerId } of shares.filter((share) =>
      isRunning(share, now),
    )) {
      if (subject === 'user') {
        give(subjectId, { by: 'user', role, expiresAt });
        continue;
      }
      const { group, userIds } = await membersOf(tx, subjectId);
      if (group.disabledAt !== null) continue;
      const userId = caller.kind === 'operator' ? 0 : caller.user.id;
      const isNamed = privateGroupOwnerId === null || privateGroupOwnerId === userId || userIds.includes(userId);
      const isSeen = isNamed && (group.membersVisible || privateGroupOwnerId === userId);
      for (const id of userIds) {
        if (!isSeen && relation !== 'owner' && id !== userId) continue;
        give(id, { by: 'group', role, expiresAt, groupId: subjectId, group: isNamed ? name : null });
      }
    }
    const users = await usersOf(tx, [...reasons.keys()]);
    return [...users.values()]
      .filter((user) => user.disabledAt === null)
      .map((user) => accessOf(user.username, reasons.get(user.id) ?? []))
      .sort((a, b) => byCodePoint(a.username, b.username));
  });
}

function accessOf(username: string, reasons: AccessReason[]): WithAccess {
  const role = bestOf(reasons.map((reason) => (reason.by === 'owner' ? 'owner' : reason.role)));
  return { username, role: role === 'none' ? 'viewer' : role, reasons };
}

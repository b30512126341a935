import { type Caller, mustBePerson, mustMayOnItem, type Person } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { changed, type ItemHead, mustBeEnabled, mustBeRevision } from '../../domain/item.ts';
import type { Share, ShareRole } from '../../domain/sharing.ts';
import { findGroupById } from '../../storage/groups.ts';
import { openFields, saveItem } from '../../storage/items.ts';
import { deleteShare, saveShare } from '../../storage/shares.ts';
import type { Tx } from '../../storage/transaction.ts';
import { findUser } from '../../storage/users.ts';
import { act } from '../act.ts';
import { keptWhole } from '../repeat.ts';
import type { Context } from '../safe.ts';
import type { ChangedState } from './disable.ts';
import { type ItemName, loadItem, targetOf } from './load-item.ts';
import { recordItem } from './record-item.ts';
import { canName, subjectKey, whyNotGroup, whyNotUser } from './share-step.ts';

/** A user by name, or a group by id. */
export type Subject = { user: string } | { group: number };

export type Sharing = ItemName & {
  subject: Subject;
  role: ShareRole;
  /** When the share ends by itself, or null. */
  expiresAt: Date | null;
  revision: number | null;
};

/** Shares an item with one user or group, or changes how it is shared with him. */
export function shareItem(ctx: Context, input: Sharing): Promise<ChangedState> {
  const attempt = { action: 'item.share', target: targetOf(input) } as const;
  const steps = async (tx: Tx, by: Caller, now: Date): Promise<ChangedState> => {
    const { stored, head, relation, shares } = await loadItem(tx, by, input, 'update', now);
    mustMayOnItem('item.share', by, relation, head);
    const caller = mustBePerson(by);
    mustBeEnabled(head);
    mustBeRevision(head, input.revision, () => openFields(tx, stored));
    const { role, expiresAt } = input;
    if (expiresAt !== null && expiresAt <= now)
      refuse('field_invalid', { field: 'expiresAt', why: 'must be in the future' });
    const { name, ...subject } = await findSubject(tx, caller, head, input.subject);
    const share: Share = { ...subject, role, expiresAt };
    const known = shares.find((one) => subjectKey(one) === subjectKey(share));
    if (known?.role === role && +(known.expiresAt ?? 0) === +(expiresAt ?? 0)) {
      return { changed: false, revision: head.revision };
    }
    const next = changed(head, now, {});
    await saveShare(tx, next, share, caller.user.id, now);
    await saveItem(tx, next, null, caller.user.id);
    const end = expiresAt === null ? '' : ` until ${expiresAt.toISOString()}`;
    recordItem(tx, ctx, caller, 'item.shared', next, { changes: [`${share.subject} ${name}: ${role}${end}`] }, now);
    return { changed: true, revision: next.revision };
  };
  return act(ctx, attempt, steps, keptWhole());
}

/** Ends the share with one user or group. An owner may end any; others what they could have named. */
export function unshareItem(
  ctx: Context,
  input: ItemName & { subject: Subject; revision: number | null },
): Promise<ChangedState> {
  const { subject } = input;
  return act(ctx, { action: 'item.share', target: targetOf(input) }, async (tx, by, now) => {
    const { stored, head, relation, shares } = await loadItem(tx, by, input, 'update', now);
    mustMayOnItem('item.share', by, relation, head);
    const caller = mustBePerson(by);
    mustBeEnabled(head);
    mustBeRevision(head, input.revision, () => openFields(tx, stored));
    const known = shares.find((share) =>
      'user' in subject
        ? share.subject === 'user' && share.name === subject.user.trim().toLowerCase()
        : share.subject === 'group' && share.subjectId === subject.group,
    );
    if (!known || !(relation === 'owner' || canName(caller.user, known))) return refuse('share_not_found', {});
    const next = changed(head, now, {});
    await deleteShare(tx, next, known);
    await saveItem(tx, next, null, caller.user.id);
    recordItem(tx, ctx, caller, 'item.shared', next, { changes: [`${known.subject} ${known.name}: removed`] }, now);
    return { changed: true, revision: next.revision };
  });
}

async function findSubject(
  tx: Tx,
  caller: Person,
  head: ItemHead,
  wanted: Subject,
): Promise<Pick<Share, 'subject' | 'subjectId'> & { name: string }> {
  if ('user' in wanted) {
    const user = await findUser(tx, wanted.user.trim().toLowerCase());
    const why = whyNotUser(user, head);
    if (!user || why) return refuse('share_impossible', { why: why ?? 'user_not_found' });
    return { subject: 'user', subjectId: user.id, name: user.username };
  }
  const group = await findGroupById(tx, wanted.group);
  const nameable = group && (group.ownerId === null || group.ownerId === caller.user.id) ? group : undefined;
  const why = whyNotGroup(nameable);
  if (!nameable || why) return refuse('share_impossible', { why: why ?? 'group_not_found' });
  return { subject: 'group', subjectId: nameable.id, name: nameable.name };
}

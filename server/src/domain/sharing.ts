import { refuse } from './errors.ts';
import { isBlank, normalized } from './text.ts';

export type ShareRole = 'viewer' | 'editor';

/** A share of an item with a user or a group; `expiresAt` null never ends by itself. */
export type Share = {
  subject: 'user' | 'group';
  subjectId: number;
  role: ShareRole;
  expiresAt: Date | null;
};

export type ShareWish = { name: string; role: ShareRole };

const mostEntries = 1000;

/**
 * Reads one sort of sharing from a draft: undefined leaves that sort as it is, null or '' or [] removes all of it.
 * Of repeats the last wins: usernames compare lower-cased, names of groups in normalized form.
 */
export function readShareWishes(field: 'users' | 'groups', sent: unknown): ShareWish[] | undefined {
  if (sent === undefined) return undefined;
  if (isBlank(sent)) return [];
  const invalid = (why: string): never => refuse('field_invalid', { field, why });
  if (!Array.isArray(sent)) return invalid('must be a list');
  if (sent.length > mostEntries) invalid(`more than ${mostEntries} entries`);
  const wishes = new Map<string, ShareWish>();
  for (const entry of sent as unknown[]) {
    const { name, canEdit } = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
    if (typeof name !== 'string' || isBlank(name)) return invalid('an entry without a name');
    if (canEdit !== undefined && canEdit !== null && typeof canEdit !== 'boolean')
      invalid('an edit right not true or false');
    const key = field === 'users' ? name.trim().toLowerCase() : normalized(name);
    wishes.delete(key);
    wishes.set(key, { name, role: canEdit === true ? 'editor' : 'viewer' });
  }
  return [...wishes.values()];
}

/** A share counts until its end, which is checked when it is used. */
export function isRunning(share: Share, now: Date): boolean {
  return share.expiresAt === null || share.expiresAt > now;
}

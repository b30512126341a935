import { type Caller, type ItemAction, may, mayOnItem, type Relation } from './access.ts';
import {
  type AccessKey,
  brokenLimits,
  type ItemReference,
  type KeyLimits,
  keyState,
  type Origin,
  type OriginLimit,
} from './access-key.ts';
import { type ErrorCode, Refusal } from './errors.ts';
import { type ItemHead, mustBeEnabled, mustMayReveal, newItem } from './item.ts';
import type { User } from './user.ts';

/** Why a call with an access key would be refused. */
export type Reason =
  | 'key_revoked'
  | 'key_expired'
  | 'key_held'
  | 'owner_disabled'
  | OriginLimit
  | 'closed_to_keys'
  | 'key_read_only'
  | 'item_not_chosen'
  | 'item_not_found'
  | 'no_access'
  | 'role_too_weak'
  | StateReason;

type StateReason = Extract<ErrorCode, 'item_disabled' | 'justification_required' | 'approval_required'>;

/** What is asked: the act, on which item, from where; `act` null asks of the key and the origin alone. */
export type Question = {
  key: AccessKey;
  owner: User;
  origin: Origin;
  act: ItemAction | null;
  /** Null for an act on no existing item. */
  item: ItemReference | null;
  /** The item and how the owner stands to it; null when there is none of that number. */
  found: { head: ItemHead; relation: Relation } | null;
  /** Would the call bring a reason? */
  isJustified: boolean;
};

type Check = (head: ItemHead, isOwner: boolean, justification: string | null) => void;

// A reveal asks for a reason and for an approval: without the first it does not come to the second.
const enabled: readonly Check[] = [mustBeEnabled];
const revealed: readonly Check[] = [mustBeEnabled, mustMayReveal, (head, isOwner) => mustMayReveal(head, isOwner, '-')];

/** What each act checks of an item's state once the caller may act on it; null for acts on no existing item. Total. */
const checksOf: { readonly [A in ItemAction]: readonly Check[] | null } = {
  'item.create': null,
  'item.list': null,
  'item.read': [],
  'item.reveal': revealed,
  'item.update': enabled,
  'item.share': enabled,
  'item.disable': [],
  'item.enable': [],
  'item.transfer': [],
  'item.list-access': [],
  'item.list-versions': [],
  'item.reveal-version': revealed,
  'item.restore-version': enabled,
};

/** Every act that can be asked of. */
export const acts = Object.keys(checksOf) as ItemAction[];

export function isOnItem(act: ItemAction): boolean {
  return checksOf[act] !== null;
}

/**
 * Everything that stands against a call, in the order in which the call would meet it; empty when it would work. Asks
 * the very rules that the call would meet: of each limit and of the owner's access by itself, the others lifted, since
 * a refused call tells the first alone.
 */
export function reasonsAgainst(question: Question, now: Date): Reason[] {
  const { key, owner, origin, act } = question;
  const state = keyState(key, now);
  return [
    ...(state === 'live' ? [] : ([`key_${state}`] as const)),
    ...(owner.disabledAt === null ? [] : (['owner_disabled'] as const)),
    ...brokenLimits(key.limits, origin),
    ...(act === null ? [] : reasonsOfAct(question, act, now)),
  ];
}

function reasonsOfAct({ key, owner, item, found, isJustified }: Question, act: ItemAction, now: Date): Reason[] {
  const head = item && (found?.head ?? newItem(item.kind, item.number, owner.id, now));
  const lets = (limits: Partial<KeyLimits>, relation: Relation = 'owner'): boolean => {
    const caller = withLimits(key, owner, limits);
    return head ? mayOnItem(act, caller, relation, head) : may(act, caller, null);
  };
  const reasons: Reason[] = item && !found ? ['item_not_found'] : [];
  if (!lets({})) return [...reasons, 'closed_to_keys'];
  if (!lets({ readOnly: key.limits.readOnly })) reasons.push('key_read_only');
  if (!lets({ items: key.limits.items })) reasons.push('item_not_chosen');
  if (!head || !found) return reasons;
  const { relation } = found;
  if (!lets({}, relation)) return [...reasons, relation === 'none' ? 'no_access' : 'role_too_weak'];
  const checks = checksOf[act] ?? [];
  const codes = checks.map((check) => codeOf(() => check(head, relation === 'owner', isJustified ? '-' : null)));
  return [...reasons, ...new Set(codes.filter((code) => code !== null) as StateReason[])];
}

function withLimits(key: AccessKey, user: User, limits: Partial<KeyLimits>): Caller {
  return { kind: 'key', user, key: { ...key, limits: { ...key.limits, items: null, readOnly: false, ...limits } } };
}

function codeOf(check: () => void): ErrorCode | null {
  try {
    check();
    return null;
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.code;
    throw thrown;
  }
}

import { type AccessKey, keyReaches } from './access-key.ts';
import { refuse } from './errors.ts';
import type { ItemHead } from './item.ts';
import type { Kind } from './kind.ts';
import type { Session } from './session.ts';
import type { ShareRole } from './sharing.ts';
import type { User } from './user.ts';

/** A user who acts by himself in a session, or through one of his access keys. */
export type Person =
  | {
      kind: 'session';
      user: User;
      session: Session;
      /** Did he prove to be himself within the last minutes? */
      sudo: boolean;
      /** The policy wants a second factor that he has not enrolled: until then he can do nothing else. */
      mustEnrol: boolean;
      // And session.mustChangePassword says the same of a password that somebody else chose.
    }
  | { kind: 'key'; user: User; key: AccessKey };

/** Who is acting: a user, or the operator of the host through the command. */
export type Caller = Person | { kind: 'operator'; name: string };

/** How a user stands to an item: the best of owner, direct share and every enabled group. */
export type Relation = 'owner' | ShareRole | 'none';

export type Rule = {
  /** Relations that may act on the item; empty for actions on no existing item. */
  relations: readonly Relation[];
  /**
   * Whose session may: anyone's, an administrator's, or the owner's of the thing acted on (what nobody owns, such as a
   * user group, belongs to the administrators).
   */
  session: 'any' | 'admin' | 'owner' | 'owner-or-admin' | 'no';
  /** Must the person have proven to be himself within the last minutes? Or only for what nobody owns? */
  sudo: boolean | 'unowned';
  /** Open to a person who still has to enrol the second factor that the policy asks for, or to choose a password of his own. */
  enrolling: boolean;
  /** What an access key needs: `read` any, `write` not read-only, `create` not limited to chosen items; `no` never. */
  key: 'read' | 'write' | 'create' | 'no';
  /** May the operator of the host, through the command? */
  operator: boolean;
};

const nobody = { relations: [], session: 'no', sudo: false, enrolling: false, key: 'no', operator: false } as const;
const bySelf = { ...nobody, session: 'any' } as const;
const byReaders = { ...bySelf, relations: ['owner', 'editor', 'viewer'] } as const;
const byEditors = { ...bySelf, relations: ['owner', 'editor'] } as const;
const byOperator = { ...nobody, operator: true } as const;
const byAdmins = { ...byOperator, session: 'admin', sudo: true } as const;
const byOwner = { ...byOperator, session: 'owner' } as const;
// A private group is its owner's own matter; of a user group the same is administration.
const byGroupOwner = { ...byOwner, sudo: 'unowned' } as const;
const dangerous = { sudo: true } as const;

/**
 * Who may do what: the one table. An action that is not in it does not compile, and what its row does not name is
 * refused. Being admin or operator gives no access to anyone's items. `npm run generate` writes it out in words.
 */
export const rules = {
  'item.create': { ...bySelf, key: 'create' },
  'item.list': { ...bySelf, key: 'read' },
  'item.read': { ...byReaders, key: 'read' },
  'item.reveal': { ...byReaders, key: 'read' },
  'item.update': { ...byEditors, key: 'write' },
  'item.share': { ...byEditors, key: 'write' },
  'item.disable': { ...byEditors, key: 'write' },
  'item.enable': { ...byEditors, key: 'write' },
  'item.transfer': { ...bySelf, relations: ['owner'] },
  'item.list-access': { ...byReaders, key: 'read' },
  // Who was given access today was not given what the item held before: only those who could have changed it.
  'item.list-versions': { ...byEditors, key: 'read' },
  'item.reveal-version': { ...byEditors, key: 'read' },
  'item.restore-version': { ...byEditors, key: 'write' },
  'export.make': { ...bySelf, ...dangerous },
  'import.plan': bySelf,
  'import.list': bySelf,
  'import.read': { ...nobody, session: 'owner' },
  'import.apply': { ...nobody, session: 'owner' },
  'import.undo': { ...nobody, session: 'owner' },
  'import.discard': { ...nobody, session: 'owner' },
  // Only who began an upload goes on with it; what becomes of its content is decided when an item takes it.
  'upload.begin': { ...bySelf, key: 'write' },
  'upload.list': { ...bySelf, key: 'read' },
  'upload.add-part': { ...bySelf, key: 'write' },
  'upload.cancel': { ...bySelf, key: 'write' },
  'password.judge': { ...bySelf, enrolling: true },
  'password.read-health': bySelf,
  'session.check': { ...bySelf, enrolling: true, key: 'read' },
  'session.read': { ...bySelf, enrolling: true },
  'session.list': { ...bySelf, enrolling: true },
  'session.prove': { ...bySelf, enrolling: true },
  'session.end': { ...bySelf, enrolling: true },
  'device-sign-in.read': bySelf,
  // What asks gets an access key.
  'device-sign-in.allow': { ...bySelf, ...dangerous },
  'device-sign-in.deny': bySelf,
  'profile.read': { ...bySelf, enrolling: true },
  'profile.change': { ...bySelf, enrolling: true },
  'profile.change-email': { ...bySelf, ...dangerous },
  'profile.change-password': { ...bySelf, ...dangerous, enrolling: true },
  'profile.change-second-factor': { ...bySelf, ...dangerous, enrolling: true },
  'policy.read': { ...bySelf, enrolling: true },
  'policy.change': byAdmins,
  'statistics.read': { ...nobody, session: 'admin' },
  'safe.set-up': byOperator,
  'user.add': byAdmins,
  'user.list': { ...byOperator, session: 'any' },
  'user.change': byAdmins,
  'user.disable': byAdmins,
  'user.enable': byAdmins,
  'user.set-password': byAdmins,
  'user.end-sessions': byAdmins,
  'user.remove-second-factor': byAdmins,
  'user.seize-items': { ...nobody, session: 'admin', sudo: true },
  'proposal.list': { ...nobody, session: 'admin' },
  'proposal.decide': { ...nobody, session: 'admin', sudo: true },
  'group.add': byGroupOwner,
  'group.list': { ...byOperator, session: 'any' },
  'group.change': byGroupOwner,
  'group.disable': byGroupOwner,
  'group.enable': byGroupOwner,
  'group.add-member': byGroupOwner,
  'group.remove-member': byGroupOwner,
  'access-key.add': { ...byOwner, ...dangerous },
  'access-key.list': { ...byOwner, session: 'owner-or-admin' },
  'access-key.read': { ...byOwner, session: 'owner-or-admin' },
  'access-key.change': { ...byOwner, ...dangerous },
  'access-key.clone': { ...byOwner, ...dangerous },
  'access-key.revoke': { ...byOwner, session: 'owner-or-admin' },
  // Gives nothing away: whoever has the key can end it, and no more than that.
  'access-key.end-own': { ...nobody, key: 'read' },
  'access-key.confirm': { ...byOwner, ...dangerous },
  'access-key.view-secret': { ...byOwner, ...dangerous },
  'access-key.view-private-key': { ...byOwner, ...dangerous },
  'access-key.simulate': byOwner,
  'access-key.report': { ...byOwner, session: 'owner-or-admin' },
  'audit.list': { ...byOwner, session: 'owner-or-admin' },
  // Told of every item are administrators and the operator; others of their own alone.
  'audit.leaver': { ...byOperator, session: 'owner-or-admin' },
  'audit.export': byAdmins,
  'audit.verify': byOperator,
  'audit.archive': byOperator,
  'backup.make': byOperator,
  'backup.prove': byOperator,
  'safe-key.list': { ...byOperator, session: 'admin' },
  'safe-key.rotate': byAdmins,
  // Whoever may change the root key has it: it is on the host.
  'safe-key.rotate-root': byOperator,
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof rules;
/** Every action there is, for tests that must not forget one. */
export const actions = Object.keys(rules) as Action[];
export type ItemAction = Extract<Action, `item.${string}`>;

/**
 * Refuses an action on no particular item. `ownerId` is the owner of the group, key or account that is acted on; null
 * for what belongs to the administrators.
 */
export function mustMay(action: Action, caller: Caller, ownerId: number | null = null): void {
  const rule: Rule = rules[action];
  if (rule.relations.length > 0 || !callerMay(rule, caller, null, ownerId)) refuse('access_denied', {});
  mustBeProven(rule, caller, ownerId);
}

/** Would `action` be allowed, given a fresh proof? For what is told, or hidden, by who is asking. */
export function may(action: Action, caller: Caller, ownerId: number | null): boolean {
  const rule: Rule = rules[action];
  return rule.relations.length === 0 && callerMay(rule, caller, null, ownerId);
}

/** Refuses an action on an item, by the caller's relation to it and the limits of his access key. */
export function mustMayOnItem(action: ItemAction, caller: Caller, relation: Relation, item: ItemHead): void {
  const rule: Rule = rules[action];
  if (!rule.relations.includes(relation) || !callerMay(rule, caller, item, null)) refuse('access_denied', {});
  mustBeProven(rule, caller, item.ownerId);
}

/** Would `action` be allowed? For lists that show what can be done with each row. */
export function mayOnItem(action: ItemAction, caller: Caller, relation: Relation, item: ItemHead): boolean {
  const rule: Rule = rules[action];
  return rule.relations.includes(relation) && callerMay(rule, caller, item, null);
}

/** Narrows to a user: items have owners and authors, and the operator of the host is neither. */
export function mustBePerson(caller: Caller): Person {
  return caller.kind === 'operator' ? refuse('access_denied', {}) : caller;
}

/** The numbers of a kind that a person's access key is limited to; null when he reaches all that he may. */
export function reachableNumbers(person: Person, kind: Kind): number[] | null {
  if (person.kind === 'session' || person.key.limits.items === null) return null;
  return person.key.limits.items.filter((one) => one.kind === kind).map((one) => one.number);
}

function callerMay(rule: Rule, caller: Caller, item: ItemHead | null, ownerId: number | null): boolean {
  switch (caller.kind) {
    case 'operator':
      return rule.operator;
    case 'session':
      if (caller.session.mustChangePassword && !rule.enrolling) refuse('password_change_required', {});
      if (caller.mustEnrol && !rule.enrolling) refuse('second_factor_not_enrolled', {});
      return sessionMay(rule, caller.user, ownerId);
    case 'key':
      return keyMay(rule, caller.key, item);
  }
}

function sessionMay({ session }: Rule, user: User, ownerId: number | null): boolean {
  const isAdmin = user.role === 'admin';
  const isOwner = ownerId === null ? isAdmin : ownerId === user.id;
  switch (session) {
    case 'any':
      return true;
    case 'admin':
      return isAdmin;
    case 'owner':
      return isOwner;
    case 'owner-or-admin':
      return isOwner || isAdmin;
    case 'no':
      return false;
  }
}

function keyMay(rule: Rule, key: AccessKey, item: ItemHead | null): boolean {
  if (rule.key === 'no' || (rule.key !== 'read' && key.limits.readOnly)) return false;
  if (rule.key === 'create') return key.limits.items === null;
  return item === null || keyReaches(key, item);
}

function mustBeProven({ sudo }: Rule, caller: Caller, ownerId: number | null): void {
  const isAsked = sudo === 'unowned' ? ownerId === null : sudo;
  if (isAsked && caller.kind === 'session' && !caller.sudo) refuse('proof_required', {});
}

/** The best of several relations. */
export function bestOf(relations: readonly Relation[]): Relation {
  for (const relation of ['owner', 'editor', 'viewer'] as const) if (relations.includes(relation)) return relation;
  return 'none';
}

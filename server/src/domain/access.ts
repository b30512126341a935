import { type AccessKey, keyReaches } from './access-key.ts';
import { refuse } from './errors.ts';
import type { ItemHead } from './item.ts';
import type { ShareRole } from './sharing.ts';
import type { User } from './user.ts';

/** Who is acting: a user through one of his access keys, or the operator of the host through the command. */
export type Caller = { kind: 'key'; user: User; key: AccessKey } | { kind: 'operator'; name: string };

/** How a user stands to an item: the best of owner, direct share and every enabled group. */
export type Relation = 'owner' | ShareRole | 'none';

type Rule = {
  /** Relations that may act on the item; empty for actions on no existing item. */
  relations: readonly Relation[];
  /** What an access key needs: `read` any, `write` not read-only, `create` not limited to chosen items; `no` never. */
  key: 'read' | 'write' | 'create' | 'no';
  /** May the operator of the host, through the command? */
  operator: boolean;
};

const byReaders = { relations: ['owner', 'editor', 'viewer'], operator: false } as const;
const byEditors = { relations: ['owner', 'editor'], operator: false } as const;
const byOperator = { relations: [], key: 'no', operator: true } as const;

/**
 * Who may do what: the one table. An action that is not in it does not compile, and what its row does not name is
 * refused. Being admin or operator gives no access to anyone's items.
 */
const rules = {
  'item.create': { relations: [], key: 'create', operator: false },
  'item.list': { relations: [], key: 'read', operator: false },
  'item.reveal': { ...byReaders, key: 'read' },
  'item.update': { ...byEditors, key: 'write' },
  'item.disable': { ...byEditors, key: 'write' },
  'item.enable': { ...byEditors, key: 'write' },
  'session.check': { relations: [], key: 'read', operator: false },
  'safe.set-up': byOperator,
  'user.add': byOperator,
  'user.list': byOperator,
  'user.disable': byOperator,
  'user.enable': byOperator,
  'user.set-password': byOperator,
  'group.add': byOperator,
  'group.list': byOperator,
  'group.disable': byOperator,
  'group.enable': byOperator,
  'group.add-member': byOperator,
  'group.remove-member': byOperator,
  'access-key.add': byOperator,
  'access-key.list': byOperator,
  'access-key.change': byOperator,
  'access-key.clone': byOperator,
  'access-key.revoke': byOperator,
  'access-key.view-secret': byOperator,
  'access-key.view-private-key': byOperator,
  'audit.list': byOperator,
  'audit.export': byOperator,
  'audit.verify': byOperator,
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof rules;
/** Every action there is, for tests that must not forget one. */
export const actions = Object.keys(rules) as Action[];
export type ItemAction = Extract<Action, `item.${string}`>;

/** Refuses an action on no particular item: creating, listing, and all that is the operator's. */
export function mustMay(action: Action, caller: Caller): void {
  const rule: Rule = rules[action];
  if (rule.relations.length > 0 || !callerMay(rule, caller, null)) refuse('access_denied', {});
}

/** Refuses an action on an item, by the caller's relation to it and the limits of his access key. */
export function mustMayOnItem(action: ItemAction, caller: Caller, relation: Relation, item: ItemHead): void {
  const rule: Rule = rules[action];
  if (!rule.relations.includes(relation) || !callerMay(rule, caller, item)) refuse('access_denied', {});
}

/** Would `action` be allowed? For lists that show what can be done with each row. */
export function mayOnItem(action: ItemAction, caller: Caller, relation: Relation, item: ItemHead): boolean {
  const rule: Rule = rules[action];
  return rule.relations.includes(relation) && callerMay(rule, caller, item);
}

function callerMay(rule: Rule, caller: Caller, item: ItemHead | null): boolean {
  if (caller.kind === 'operator') return rule.operator;
  const { key } = caller;
  if (rule.key === 'no' || (rule.key !== 'read' && key.limits.readOnly)) return false;
  if (rule.key === 'create') return key.limits.items === null;
  return item === null || keyReaches(key, item);
}

/** The best of several relations. */
export function bestOf(relations: readonly Relation[]): Relation {
  for (const relation of ['owner', 'editor', 'viewer'] as const) if (relations.includes(relation)) return relation;
  return 'none';
}

import type { AuditEntry } from '@arca/sdk';

/** Which sentence of `audit` in the words tells an entry, and with what besides `who` and `what`. */
export type Told = { name: string; values: Record<string, Value> };

/** A text as it is, or a name: of what the details point at (`user:7`), or of words. */
type Value = { text: string } | { target: string } | { words: string } | { time: string };

type Details = AuditEntry['details'];
type Teller = (details: Details) => Told | null;

const secondFactor: Record<string, string> = {
  begun: 'factorBegun',
  confirmed: 'factorConfirmed',
  removed: 'factorRemoved',
  'recovery-codes': 'factorCodes',
};

/** Entries whose details make another sentence of them. */
const tellers: Record<string, Teller> = {
  'item.shared': ({ changes }) => (Array.isArray(changes) && changes.length === 1 ? share(changes[0] ?? '') : null),
  'item.transferred': ({ to }) => told('told.item.transferred', { to: text(to) }),
  'item.version-restored': ({ from }) => told('told.item.version-restored', { from: text(from) }),
  'session.ended': ({ why, others }) => {
    if (why === 'signed-out') return told('variants.signedOut');
    if (why === 'replaced') return told('variants.sessionReplaced');
    return others === undefined ? null : told('variants.sessionsEnded', { count: text(others) });
  },
  'device-sign-in.begun': ({ device }) => told('told.device-sign-in.begun', { device: text(device) }),
  'device-sign-in.allowed': ({ device }) => told('told.device-sign-in.allowed', { device: text(device) }),
  'device-sign-in.denied': ({ device }) => told('told.device-sign-in.denied', { device: text(device) }),
  'profile.second-factor-changed': ({ change }) => {
    const variant = secondFactor[String(change)];
    return variant === undefined ? null : told(`variants.${variant}`);
  },
  'user.items-seized': ({ to }) => told('told.user.items-seized', { to: text(to) }),
  'user.changed': ({ to }) => (to === undefined ? null : told('variants.role', { role: { words: `roles.${to}` } })),
  'group.changed': ({ from, to }) =>
    to === undefined ? null : told('variants.renamed', { from: text(from), to: text(to) }),
  'group.member-added': ({ member }) => told('told.group.member-added', { member: text(member) }),
  'group.member-removed': ({ member }) => told('told.group.member-removed', { member: text(member) }),
  'access-key.cloned': ({ from }) => told('told.access-key.cloned', { from: { target: String(from) } }),
  'access-key.secret-viewed': ({ repeated }) => (repeated === true ? told('variants.keySecretAgain') : null),
  'safe.restored': ({ madeAt }) => told('told.safe.restored', { time: { time: String(madeAt) } }),
  'audit.refusals-counted': ({ count, reason }) =>
    told('told.audit.refusals-counted', { count: text(count), reason: { words: `reasons.${reason}` } }),
};

/** How an entry is told. */
export function toldOf({ event, details }: Pick<AuditEntry, 'event' | 'details'>): Told {
  if (event.endsWith('.refused')) {
    const act = event.slice(0, -'.refused'.length);
    return told('variants.refused', { act: { words: `acts.${act}` }, reason: { words: `reasons.${details.reason}` } });
  }
  if (event.startsWith('proposal.')) return told(`told.${event}`, { act: { words: `proposed.${details.action}` } });
  return tellers[event]?.(details) ?? told(`told.${event}`);
}

/** `user ana: viewer until 2026-12-03T…`, `group Finance: removed`. */
function share(change: string): Told | null {
  const [, , member = '', role = '', time] =
    /^(user|group) (.+): (viewer|editor|removed)(?: until (\S+))?$/.exec(change) ?? [];
  if (role === '') return null;
  if (role === 'removed') return told('variants.shareEnded', { member: text(member) });
  const values = { member: text(member), role: { words: `roles.${role}` } };
  return time === undefined
    ? told('variants.sharedWith', values)
    : told('variants.sharedUntil', { ...values, time: { time } });
}

function told(name: string, values: Told['values'] = {}): Told {
  return { name, values };
}

function text(value: Details[string] | undefined): Value {
  return { text: String(value ?? '') };
}

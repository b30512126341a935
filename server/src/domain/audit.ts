import type { Action } from './access.ts';
import type { LaneEnd } from './audit-lanes.ts';

/** What an audit entry tells of. A refused action is `<action>.refused`, with the code in its details. */
export type AuditEvent =
  | 'safe.set-up'
  | 'safe.opened'
  | 'safe.closed'
  | 'safe.restored'
  | 'backup.begun'
  | 'backup.made'
  | 'backup.proven'
  | 'audit.rows-changed'
  | 'item.created'
  | 'item.revealed'
  | 'item.updated'
  | 'item.shared'
  | 'item.disabled'
  | 'item.enabled'
  | 'item.transferred'
  | 'item.version-restored'
  | 'item.removed'
  | 'item.exported'
  | 'import.planned'
  | 'import.applied'
  | 'import.published'
  | 'import.undo-begun'
  | 'import.discarded'
  | 'import.ended'
  | 'session.started'
  | 'session.proven'
  | 'session.ended'
  | 'device-sign-in.begun'
  | 'device-sign-in.allowed'
  | 'device-sign-in.denied'
  | 'profile.changed'
  | 'profile.password-changed'
  | 'profile.second-factor-changed'
  | 'profile.recovery-code-used'
  | 'policy.changed'
  | 'user.changed'
  | 'user.sessions-ended'
  | 'user.second-factor-removed'
  | 'user.items-seized'
  | 'proposal.made'
  | 'proposal.confirmed'
  | 'proposal.rejected'
  | 'group.changed'
  | 'token.issued'
  | 'user.added'
  | 'user.disabled'
  | 'user.enabled'
  | 'user.password-set'
  | 'group.added'
  | 'group.disabled'
  | 'group.enabled'
  | 'group.member-added'
  | 'group.member-removed'
  | 'access-key.added'
  | 'access-key.changed'
  | 'access-key.cloned'
  | 'access-key.revoked'
  | 'access-key.confirmed'
  | 'access-key.secret-viewed'
  | 'access-key.private-key-viewed'
  | 'audit.exported'
  | 'audit.leaver-reported'
  | 'audit.archive-begun'
  | 'audit.archived'
  | 'audit.rows-carried'
  | 'audit.lane-closed'
  | 'audit.lanes-told'
  | 'audit.refusals-counted'
  | 'safe-key.rotation-started'
  | 'safe-key.replaced'
  | 'safe-key.retired'
  | 'safe-key.rotation-finished'
  | 'safe-key.root-replaced'
  | `${Action | 'token.issue' | 'session.start' | 'device-sign-in.begin' | 'safe.tend'}.refused`;

/** Sealed at rest: may hold addresses, names of fields and reasons, never a secret value. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** What happened, by whom, to what; the store adds lane, sequence, time and hash. */
export type AuditDraft = {
  event: AuditEvent;
  userId: number | null;
  accessKeyId: number | null;
  /** `password:3`, `user:7`, `group:2`, `access-key:5`, or null. */
  target: string | null;
  details: AuditDetails;
  /** Where other lanes stand; stored in clear, for a verifier without keys. */
  lanes?: readonly LaneEnd[];
};

/** An entry as listed and exported. */
export type AuditEntry = AuditDraft & { lane: string; sequence: number; at: Date; requestId: string };

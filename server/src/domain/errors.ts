import type { Kind } from './kind.ts';

/**
 * Everything that the safe can refuse, with what an answer needs to explain it. Closed: each HTTP dialect and the
 * command own one total record over these codes, so a new code does not compile until every one answers it.
 * `field` names are ours (see docs/vocabulary.md); a dialect translates them.
 */
export type RefusalDetails = {
  token_missing: object;
  token_invalid: object;
  key_restricted: { by: 'address' | 'referer' | 'certificate' };
  client_unknown: object;
  sign_in_failed: object;
  password_wrong: object;
  second_factor_required: object;
  second_factor_wrong: object;
  second_factor_not_enrolled: object;
  /** The password that he signed in by was chosen by somebody else. */
  password_change_required: object;
  second_factor_enrolled: object;
  second_factor_absent: object;
  second_factor_needed: object;
  proof_required: object;
  origin_foreign: object;
  session_not_found: object;
  /** By either code: never was, is over, was decided or taken already. */
  device_sign_in_not_found: object;
  grant_type_unsupported: object;
  too_many_requests: { retryAfterSeconds: number };
  route_unknown: object;
  method_unknown: { allowed: readonly string[] };
  number_invalid: object;
  item_not_found: { kind: Kind };
  version_not_found: { version: number };
  share_not_found: object;
  share_impossible: {
    why: 'user_not_found' | 'user_is_owner' | 'user_disabled' | 'group_not_found' | 'group_disabled';
  };
  transfer_impossible: { why: 'user_not_found' | 'user_is_owner' | 'user_disabled' | 'owner_enabled' };
  /** Someone else saved first: what stands now. */
  revision_stale: { revision: number; open: Readonly<Record<string, unknown>> | null };
  revision_unreadable: object;
  idempotency_key_reused: object;
  cursor_invalid: object;
  access_denied: object;
  item_disabled: { kind: Kind };
  justification_required: object;
  approval_required: object;
  field_missing: { field: string };
  field_invalid: { field: string; why: string };
  note_too_long: { limit: number };
  upload_not_found: object;
  /** The next part begins there. */
  upload_offset_wrong: { offset: number };
  upload_incomplete: { offset: number };
  /** Bytes. */
  file_too_large: { limit: number };
  quota_reached: { of: 'user' | 'safe' | 'uploads'; limit: number };
  range_unsatisfiable: { size: number };
  identifier_code_taken: object;
  import_not_found: object;
  /** The file cannot be read: what is wrong with it, without a piece of it. */
  import_unreadable: { why: string };
  /** Another safe gave nothing, or what cannot be read: a sentence without a piece of it. */
  import_source_failed: { why: string };
  import_impossible: { why: 'too_many' | 'not_waiting' | 'not_finished' | 'expired' };
  body_unreadable: object;
  body_too_large: { limit: number };
  media_type_unknown: object;
  /** A request that does not fit its schema: where, and why. */
  request_invalid: { errors: readonly { field: string; why: string }[] };
  answer_unencryptable: object;
  rotation_running: { what: string };
  root_key_unfit: { why: 'same' | 'unknown' | 'changed' };
  already_set_up: object;
  set_up_link_invalid: object;
  user_not_found: { username: string };
  username_taken: { username: string };
  last_admin: object;
  group_not_found: { name: string };
  group_name_taken: { name: string };
  proposal_not_found: object;
  proposal_decided: object;
  proposal_by_self: object;
  keys_not_allowed: object;
  key_not_found: { clientId: string };
  key_revoked: { clientId: string };
  key_without_private_key: { clientId: string };
  integrity_broken: { table: string; row: string };
  store_unreachable: object;
  store_timeout: object;
  unexpected: object;
};

export type ErrorCode = keyof RefusalDetails;

/** A refusal with a precise code. `message` is for logs and the command; it never holds a value that a caller sent. */
export class Refusal<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly details: RefusalDetails[C];

  constructor(code: C, details: RefusalDetails[C]) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}

export function refuse<C extends ErrorCode>(code: C, details: RefusalDetails[C]): never {
  throw new Refusal(code, details);
}

/** Narrows a caught value to a refusal with that code. */
export function isRefusal<C extends ErrorCode>(thrown: unknown, code: C): thrown is Refusal<C> {
  return thrown instanceof Refusal && thrown.code === code;
}

// Written by `npm run generate` from the operations of the server: change those, and run it again.

/** Every code of a problem. */
export type ProblemCode =
  | 'token_missing'
  | 'token_invalid'
  | 'key_restricted'
  | 'client_unknown'
  | 'grant_type_unsupported'
  | 'sign_in_failed'
  | 'password_wrong'
  | 'second_factor_required'
  | 'second_factor_wrong'
  | 'second_factor_not_enrolled'
  | 'password_change_required'
  | 'second_factor_enrolled'
  | 'second_factor_absent'
  | 'second_factor_needed'
  | 'proof_required'
  | 'origin_foreign'
  | 'session_not_found'
  | 'device_sign_in_not_found'
  | 'too_many_requests'
  | 'route_unknown'
  | 'method_unknown'
  | 'number_invalid'
  | 'item_not_found'
  | 'version_not_found'
  | 'share_not_found'
  | 'share_impossible'
  | 'transfer_impossible'
  | 'access_denied'
  | 'item_disabled'
  | 'justification_required'
  | 'approval_required'
  | 'revision_stale'
  | 'revision_unreadable'
  | 'idempotency_key_reused'
  | 'cursor_invalid'
  | 'field_missing'
  | 'field_invalid'
  | 'note_too_long'
  | 'upload_not_found'
  | 'upload_offset_wrong'
  | 'upload_incomplete'
  | 'file_too_large'
  | 'quota_reached'
  | 'range_unsatisfiable'
  | 'request_invalid'
  | 'import_not_found'
  | 'import_unreadable'
  | 'import_source_failed'
  | 'import_impossible'
  | 'identifier_code_taken'
  | 'body_unreadable'
  | 'body_too_large'
  | 'media_type_unknown'
  | 'answer_unencryptable'
  | 'rotation_running'
  | 'root_key_unfit'
  | 'set_up_link_invalid'
  | 'already_set_up'
  | 'user_not_found'
  | 'username_taken'
  | 'last_admin'
  | 'group_not_found'
  | 'group_name_taken'
  | 'proposal_not_found'
  | 'proposal_decided'
  | 'proposal_by_self'
  | 'keys_not_allowed'
  | 'key_not_found'
  | 'key_revoked'
  | 'key_without_private_key'
  | 'integrity_broken'
  | 'store_unreachable'
  | 'store_timeout'
  | 'unexpected';

/** What a problem of these codes tells beyond what all tell. */
export type ProblemMembers = {
  body_too_large: {
    /** bytes, or uploads. */
    limit: number;
  };
  field_invalid: {
    /** every place that does not fit. */
    errors: Array<{ field: string; why: string }>;
  };
  field_missing: {
    /** every place that does not fit. */
    errors: Array<{ field: string; why: string }>;
  };
  file_too_large: {
    /** bytes, or uploads. */
    limit: number;
  };
  import_impossible: { why: string };
  import_source_failed: { why: string };
  import_unreadable: { why: string };
  key_restricted: {
    /** address, referer or certificate. */
    by: string;
  };
  method_unknown: { allowed: string[] };
  note_too_long: {
    /** every place that does not fit. */
    errors: Array<{ field: string; why: string }>;
  };
  quota_reached: {
    /** bytes, or uploads. */
    limit: number;
    /** user, safe or uploads. */
    of: string;
  };
  range_unsatisfiable: {
    /** bytes of the whole. */
    size: number;
  };
  request_invalid: {
    /** every place that does not fit. */
    errors: Array<{ field: string; why: string }>;
  };
  revision_stale: {
    /** what stands now. */
    current: { revision: number; open: Record<string, unknown> | null };
  };
  share_impossible: { why: string };
  too_many_requests: { retryAfterSeconds: number };
  transfer_impossible: { why: string };
  upload_incomplete: {
    /** where the next part begins. */
    offset: number;
  };
  upload_offset_wrong: {
    /** where the next part begins. */
    offset: number;
  };
};

import { type ErrorCode, Refusal, type RefusalDetails } from '../domain/errors.ts';

/** Fields that have another name as an option of the command. */
const optionOf: Readonly<Record<string, string>> = { expiresAt: 'expires', encryption: 'encrypt' };

/**
 * What each refusal means to the operator of the command, and what to do next, in one plain sentence. Total, so that a
 * new code does not compile until the command answers it.
 */
const sentences: { readonly [C in ErrorCode]: (details: RefusalDetails[C]) => string } = {
  token_missing: () => 'The safe asked for an access token, which commands do not need; this is a fault of Arca.',
  token_invalid: () => 'The safe asked for an access token, which commands do not need; this is a fault of Arca.',
  key_restricted: ({ by }) => `The access key may not be used from here: its ${by} does not fit.`,
  client_unknown: () => 'The credentials of the access key do not hold.',
  sign_in_failed: () => 'The username or the password is wrong.',
  password_wrong: () => 'The password is wrong.',
  second_factor_required: () => 'A code of the second factor is needed.',
  second_factor_wrong: () => 'The code of the second factor is wrong or was used before.',
  second_factor_not_enrolled: () => 'The policy asks for a second factor, which must be enrolled first.',
  password_change_required: () =>
    'The password was chosen by somebody else; sign in on the screens and choose another one first.',
  second_factor_enrolled: () => 'A second factor is enrolled already.',
  second_factor_absent: () => 'No second factor is enrolled.',
  second_factor_needed: () => 'The policy asks for a second factor, so it cannot be removed.',
  proof_required: () => 'This needs a fresh proof of who is asking.',
  origin_foreign: () => 'The request came from the page of another site.',
  session_not_found: () => 'There is no such session.',
  device_sign_in_not_found: () => 'Nothing asks to be let in under this code.',
  grant_type_unsupported: () => 'The safe gives tokens for client credentials only.',
  too_many_requests: ({ retryAfterSeconds }) =>
    `The safe is busy; try again in ${retryAfterSeconds} second${retryAfterSeconds === 1 ? '' : 's'}.`,
  route_unknown: () => 'The running server does not know this command; restart it, so that both have the same version.',
  method_unknown: ({ allowed }) => `This path takes ${allowed.join(', ')} only.`,
  number_invalid: () => 'The number of an item is a whole number from 1 on.',
  item_not_found: ({ kind }) => `There is no such ${kind}.`,
  version_not_found: ({ version }) => `The item has no version ${version}.`,
  share_not_found: () => 'The item is not shared with this user or group.',
  share_impossible: ({ why }) => `It cannot be shared: ${why.replaceAll('_', ' ')}.`,
  transfer_impossible: ({ why }) => `It cannot be transferred: ${why.replaceAll('_', ' ')}.`,
  revision_stale: ({ revision }) => `Someone else saved first; the current revision is ${revision}.`,
  revision_unreadable: () => 'The revision is a whole number.',
  idempotency_key_reused: () => 'This idempotency key was used for another request.',
  cursor_invalid: () => 'The cursor is none of this list.',
  access_denied: () => 'The operator of the host may not do this.',
  item_disabled: ({ kind }) => `The ${kind} is disabled; enable it first.`,
  justification_required: () => 'A reason must be given first.',
  approval_required: () => 'Someone else must approve this first.',
  field_missing: ({ field }) => `${field}: must not be empty.`,
  field_invalid: ({ field, why }) => `${optionOf[field] ?? field}: ${why}.`,
  upload_not_found: () => 'There is no such upload.',
  upload_offset_wrong: ({ offset }) => `The next part begins at byte ${offset}.`,
  upload_incomplete: ({ offset }) => `Of the content the bytes from ${offset} on are missing.`,
  file_too_large: ({ limit }) => `A file has at most ${limit} bytes.`,
  quota_reached: () => 'There is no room left for files.',
  range_unsatisfiable: ({ size }) => `The file has ${size} bytes only.`,
  note_too_long: ({ limit }) => `The note is longer than ${limit} characters.`,
  import_not_found: () => 'There is no such import of this user.',
  import_source_failed: ({ why }) => `The other safe cannot be read. ${why}.`,
  import_unreadable: ({ why }) => `It cannot be imported: it ${why}.`,
  import_impossible: ({ why }) => importTroubles[why],
  identifier_code_taken: () => 'The owner has another API secret with this identifier code.',
  body_unreadable: () => 'The server could not read the command; this is a fault of Arca.',
  request_invalid: ({ errors }) => errors.map(({ field, why }) => `${field}: ${why}.`).join(' '),
  media_type_unknown: () => 'The body must be JSON.',
  body_too_large: ({ limit }) => `The command is longer than ${limit} bytes.`,
  answer_unencryptable: () => 'The value is too long to be encrypted to this access key.',
  rotation_running: ({ what }) =>
    `A rotation (${what}) is under way; \`arca rotate status\` shows how far it has come.`,
  root_key_unfit: ({ why }) => rootKeyTroubles[why],
  already_set_up: () => 'The safe is set up already; add people with `arca user add`.',
  set_up_link_invalid: () => 'The set-up link is wrong, too old, or was used.',
  user_not_found: ({ username }) => `There is no user${named(username, usernames)}; \`arca user list\` shows them all.`,
  username_taken: ({ username }) => `There is a user${named(username, usernames)} already; choose another username.`,
  last_admin: () => 'This is the last active admin; add or enable another one first.',
  group_not_found: ({ name }) =>
    `There is no group${named(name, groupNames)}; \`arca group list\` shows them all, and a private group needs --owner.`,
  group_name_taken: ({ name }) => `There is a group${named(name, groupNames)} already; choose another name.`,
  proposal_not_found: () => 'There is no such proposal.',
  proposal_decided: () => 'The proposal is decided already, or its time is over.',
  proposal_by_self: () => 'Another administrator must decide this.',
  keys_not_allowed: () => 'The policy does not let this user have access keys.',
  key_not_found: ({ clientId }) =>
    `There is no access key${named(clientId, clientIds)}; \`arca key list\` shows them all.`,
  key_revoked: ({ clientId }) => `The access key${named(clientId, clientIds)} is revoked for good; add or clone one.`,
  key_without_private_key: ({ clientId }) =>
    `The access key${named(clientId, clientIds)} does not encrypt its answers, so it has no private key.`,
  integrity_broken: ({ table, row }) =>
    `Row ${row || 'unknown'} of ${table} was changed by other hands than Arca's; nothing was done.`,
  store_unreachable: () => 'The store does not answer; the server log has the reason.',
  store_timeout: () => 'The store did not answer in time; whether the command took effect is not known.',
  unexpected: () => 'Something unforeseen went wrong; the log has the reason.',
};

const importTroubles: Readonly<Record<RefusalDetails['import_impossible']['why'], string>> = {
  too_many: 'Ten plans wait already: apply or discard some.',
  not_waiting: 'The import is applied already.',
  not_finished: 'An import is undone once it has finished, and once alone.',
  expired: 'The rows of an import are kept for a day, and are gone.',
};

const rootKeyTroubles: Readonly<Record<RefusalDetails['root_key_unfit']['why'], string>> = {
  same: 'The next root key is the present one; name another one.',
  unknown: 'The root key was replaced, and this server does not know the new one; start it again with that.',
  changed: 'Someone else changed the keys of the safe at the same moment; try again.',
};

export type Explained = {
  sentence: string;
  /** The store behind the safe is gone, rather than that the safe said no. */
  isOutOfReach: boolean;
};

/** Null for what is no refusal. */
export function explainRefusal(thrown: unknown): Explained | null {
  if (!(thrown instanceof Refusal)) return null;
  const { code, details }: Refusal = thrown;
  const sentence = sentences[code] as ((details: unknown) => string) | undefined;
  return {
    // A server of another version may refuse with a code that this one does not know.
    sentence: sentence ? sentence(details) : `The server refused the command (${code}).`,
    isOutOfReach: code === 'store_unreachable' || code === 'store_timeout',
  };
}

const usernames = /^[a-z0-9][a-z0-9._@+-]{0,63}$/i;
const groupNames = /^[\p{L}\p{N}][\p{L}\p{N} ._&-]{0,63}$/u;
const clientIds = /^[0-9a-f]{41}$/;

/** What was typed is told again only if it looks like what was asked for: a pasted secret must not be printed. */
function named(typed: string, form: RegExp): string {
  return form.test(typed) ? ` ${typed}` : ' of that name';
}

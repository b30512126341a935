import type { FastifyReply } from 'fastify';
import type { ErrorCode, Refusal, RefusalDetails } from '../../domain/errors.ts';

/** What our own API says of a refusal: status and a title that never change, what to do next, and what else it tells. */
type Problem<D> = {
  status: number;
  title: string;
  detail: string | ((details: D) => string);
  /** Further members of the answer, named in the reference. */
  more?: (details: D) => Readonly<Record<string, unknown>>;
};

const said = (status: number, title: string, detail: string) => ({ status, title, detail });

const shareReasons = {
  user_not_found: 'There is no user of that name.',
  user_is_owner: 'That user is the owner.',
  user_disabled: 'That user is disabled.',
  owner_enabled: 'The owner is enabled: whoever owns items gives them away himself.',
  group_not_found: 'There is no such group, or it is a private group of someone else.',
  group_disabled: 'That group is disabled.',
};

const importTroubles: Readonly<Record<RefusalDetails['import_impossible']['why'], string>> = {
  too_many: 'Ten plans wait already: apply or discard some.',
  not_waiting: 'The import is applied already.',
  not_finished: 'An import is undone once it has finished, and once alone.',
  expired: 'Its rows are kept for a day, and are gone.',
};

const quotas = {
  user: (limit: number) => `Your files may take ${limit} bytes together, with all their versions.`,
  safe: (limit: number) => `All files of this safe may take ${limit} bytes: ask an administrator for more room.`,
  uploads: (limit: number) => `You have ${limit} uploads under way: end one of them first.`,
};

const invalid = <D>(errorsOf: (details: D) => RefusalDetails['request_invalid']['errors']): Problem<D> => ({
  status: 400,
  title: 'Request not valid',
  detail: (details) =>
    errorsOf(details)
      .map(({ field, why }) => (field === '' ? why : `${field}: ${why}`))
      .join('; '),
  more: (details) => ({ errors: errorsOf(details) }),
});

/** Total: a new code does not compile without an answer here. `code` is stable, texts may be worded better. */
const problems: { readonly [C in ErrorCode]: Problem<RefusalDetails[C]> } = {
  token_missing: said(401, 'No credential', 'Sign in, or send an access token as `Authorization: Bearer`.'),
  token_invalid: said(
    401,
    'The credential does not count',
    'It is wrong or has ended. Sign in again, or ask for a new token.',
  ),
  key_restricted: {
    status: 403,
    title: 'The access key may not be used from here',
    detail: ({ by }) => `The ${by} of this request is not one that the access key allows.`,
    more: ({ by }) => ({ by }),
  },
  client_unknown: said(
    401,
    'Client authentication failed',
    'Check the client id and secret, and from where the key may be used.',
  ),
  grant_type_unsupported: said(400, 'Grant type not supported', 'Use grant_type=client_credentials.'),
  sign_in_failed: said(401, 'Sign-in failed', 'The username or the password is wrong, or the account is disabled.'),
  password_wrong: said(401, 'Password wrong', 'Send your present password.'),
  second_factor_required: said(401, 'Second factor required', 'Send `code` or `recoveryCode` along with the password.'),
  second_factor_wrong: said(
    401,
    'Second factor wrong',
    'The code is wrong, or was used before. Wait for the next one.',
  ),
  second_factor_not_enrolled: said(
    403,
    'Second factor not enrolled',
    'The policy asks you for a second factor: enrol one in your profile first.',
  ),
  password_change_required: said(
    403,
    'Password change required',
    'Somebody else chose your password: choose one of your own with `POST /api/v1/profile/password` first.',
  ),
  second_factor_enrolled: said(409, 'Second factor enrolled already', 'Remove it first.'),
  second_factor_absent: said(409, 'No second factor', 'Begin one with `POST /api/v1/profile/second-factor`.'),
  second_factor_needed: said(409, 'Second factor needed', 'The policy asks you for one: it cannot be removed.'),
  proof_required: said(
    403,
    'Fresh proof required',
    'Prove who you are with `POST /api/v1/session/proof`, then send this again.',
  ),
  origin_foreign: said(
    403,
    'Foreign origin',
    'A session is used from the pages of the safe only; programs use an access key.',
  ),
  session_not_found: said(404, 'No such session', 'It has ended, or is not yours.'),
  device_sign_in_not_found: said(
    404,
    'No such code',
    'Nothing asks to be let in under this code: it is wrong, older than 10 minutes, or decided already.',
  ),
  too_many_requests: {
    status: 429,
    title: 'Too many requests',
    detail: ({ retryAfterSeconds }) => `Try again in ${retryAfterSeconds} s.`,
    more: ({ retryAfterSeconds }) => ({ retryAfterSeconds }),
  },
  route_unknown: said(404, 'No such path', 'The reference at `/docs` lists every path.'),
  method_unknown: {
    status: 405,
    title: 'No such method here',
    detail: ({ allowed }) => `This path takes ${allowed.join(', ')}.`,
    more: ({ allowed }) => ({ allowed }),
  },
  number_invalid: said(400, 'Not a number', 'Items are numbered from 1 within their kind.'),
  item_not_found: { status: 404, title: 'No such item', detail: ({ kind }) => `There is no ${kind} of that number.` },
  version_not_found: {
    status: 404,
    title: 'No such version',
    detail: ({ version }) => `There is no version ${version}.`,
  },
  share_not_found: said(404, 'Not shared', 'The item is not shared with that user or group.'),
  share_impossible: {
    status: 422,
    title: 'Cannot be shared so',
    detail: ({ why }) => shareReasons[why],
    more: ({ why }) => ({ why }),
  },
  transfer_impossible: {
    status: 422,
    title: 'Cannot be transferred so',
    detail: ({ why }) => shareReasons[why],
    more: ({ why }) => ({ why }),
  },
  access_denied: said(403, 'Not allowed', 'You, or the access key that you use, may not do this.'),
  item_disabled: { status: 409, title: 'Item is disabled', detail: ({ kind }) => `Enable the ${kind} first.` },
  justification_required: said(403, 'Reason required', 'Send the reason as `justification`.'),
  approval_required: said(403, 'Approval required', 'Someone named by the owner must approve this first.'),
  revision_stale: {
    status: 412,
    title: 'Someone else saved first',
    detail: 'Look at what stands now, keep what you wrote, and save again with the current revision.',
    more: ({ revision, open }) => ({ current: { revision, open } }),
  },
  revision_unreadable: said(400, 'If-Match cannot be read', 'Send one ETag as it was given, such as "7".'),
  idempotency_key_reused: said(422, 'Idempotency key used for another request', 'Choose a new key for a new request.'),
  cursor_invalid: said(
    400,
    'Cursor not of this list',
    'Begin again without `cursor`; filters and sort must stay the same.',
  ),
  field_missing: invalid(({ field }) => [{ field, why: 'must not be empty' }]),
  field_invalid: invalid(({ field, why }) => [{ field, why }]),
  note_too_long: invalid(({ limit }) => [{ field: 'note', why: `longer than ${limit} characters` }]),
  upload_not_found: said(
    404,
    'No such upload',
    'It was never begun, is not yours, was taken by an item, or was given up.',
  ),
  upload_offset_wrong: {
    status: 409,
    title: 'Upload goes on elsewhere',
    detail: ({ offset }) => `The next part begins at byte ${offset}.`,
    more: ({ offset }) => ({ offset }),
  },
  upload_incomplete: {
    status: 409,
    title: 'Upload not complete',
    detail: ({ offset }) => `Bytes from ${offset} on are missing: send them first.`,
    more: ({ offset }) => ({ offset }),
  },
  file_too_large: {
    status: 413,
    title: 'File too large',
    detail: ({ limit }) => `A file has at most ${limit} bytes.`,
    more: ({ limit }) => ({ limit }),
  },
  quota_reached: {
    status: 409,
    title: 'No room left',
    detail: ({ of, limit }) => quotas[of](limit),
    more: ({ of, limit }) => ({ of, limit }),
  },
  range_unsatisfiable: {
    status: 416,
    title: 'No such range',
    detail: ({ size }) => `The file has ${size} bytes.`,
    more: ({ size }) => ({ size }),
  },
  request_invalid: invalid(({ errors }) => errors),
  import_not_found: said(404, 'No such import', 'It never was, or is not yours.'),
  import_unreadable: {
    status: 400,
    title: 'The file cannot be read',
    detail: ({ why }) => `It ${why}.`,
    more: ({ why }) => ({ why }),
  },
  import_source_failed: {
    status: 400,
    title: 'The other safe cannot be read',
    detail: ({ why }) => `${why}.`,
    more: ({ why }) => ({ why }),
  },
  import_impossible: {
    status: 409,
    title: 'Not possible with this import',
    detail: ({ why }) => importTroubles[why],
    more: ({ why }) => ({ why }),
  },
  identifier_code_taken: said(
    409,
    'Identifier code taken',
    'Another API secret of this owner has the same identifier code.',
  ),
  body_unreadable: said(400, 'Body cannot be read', 'Send JSON in UTF-8.'),
  body_too_large: {
    status: 413,
    title: 'Body too large',
    detail: ({ limit }) => `At most ${limit} bytes.`,
    more: ({ limit }) => ({ limit }),
  },
  media_type_unknown: said(415, 'Media type not known', 'Send the body as `application/json`.'),
  answer_unencryptable: said(
    422,
    'Answer cannot be encrypted',
    'A value is too long for RSA-OAEP: use an access key that encrypts by JWE.',
  ),
  rotation_running: said(
    409,
    'Rotation under way',
    'Keys of the safe are being replaced; wait until that is finished.',
  ),
  root_key_unfit: said(
    409,
    'Root key not known here',
    'The root key of the safe was replaced: start this node again with the new one.',
  ),
  set_up_link_invalid: said(
    403,
    'Set-up link does not hold',
    'It is wrong, older than 30 minutes, or opened on another machine. Restart the safe for a new one, or use `arca setup`.',
  ),
  already_set_up: said(409, 'Set up already', 'The safe has its first administrator.'),
  user_not_found: said(404, 'No such user', 'There is no user of that name.'),
  username_taken: said(409, 'Username taken', 'Choose another username.'),
  last_admin: said(409, 'Last administrator', 'Make or enable another administrator first.'),
  group_not_found: said(404, 'No such group', 'There is none, or it is a private group of someone else.'),
  group_name_taken: said(409, 'Group name taken', 'Choose another name.'),
  proposal_not_found: said(404, 'No such proposal', 'It was never made.'),
  proposal_decided: said(
    409,
    'Proposal decided',
    'It was confirmed or rejected already, its time is over, or whoever made it is no administrator any more.',
  ),
  proposal_by_self: said(403, 'Second administrator needed', 'Whoever proposed this cannot confirm it.'),
  keys_not_allowed: said(403, 'Access keys not allowed', 'The policy does not let you make access keys.'),
  key_not_found: said(404, 'No such access key', 'There is none, or it is not yours.'),
  key_revoked: said(409, 'Access key revoked', 'It is revoked for good: make or clone one.'),
  key_without_private_key: said(409, 'No private key', 'This access key does not encrypt its answers.'),
  integrity_broken: said(
    500,
    'Stored data was changed',
    'A stored row was changed by other hands. Nothing was done; the operator has been told.',
  ),
  store_unreachable: said(502, 'Store does not answer', 'Nothing was done. Try again.'),
  store_timeout: said(504, 'Store did not answer in time', 'It may have been done: look before you try again.'),
  unexpected: said(500, 'Unexpected error', 'The log has the reason under this request id.'),
};

export function statusOf(code: ErrorCode): number {
  return problems[code].status;
}

/** Every code with what the reference says of it. */
export const problemRows = Object.entries(problems).map(([code, { status, title, detail }]) => ({
  code,
  status,
  title,
  detail: typeof detail === 'string' ? detail : '',
}));

/** RFC 9457. `type` leads to the code's place in the reference. */
export function problemBody(refusal: Pick<Refusal, 'code' | 'details'>, requestId: string): Record<string, unknown> {
  const { code, details } = refusal;
  const { status, title, detail, more } = problems[code] as Problem<object>;
  const told = typeof detail === 'string' ? detail : detail(details);
  return { type: `/docs#${code}`, title, status, detail: told, code, requestId, ...more?.(details) };
}

export function sendProblem(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const body = problemBody(refusal, reply.request.id);
  for (const [name, value] of Object.entries(headersOf(refusal))) reply.header(name, value);
  return reply
    .code(body.status as number)
    .type('application/problem+json')
    .send(JSON.stringify(body));
}

function headersOf({ code, details }: Refusal): Record<string, string> {
  switch (code) {
    case 'token_missing':
      return { 'www-authenticate': 'Bearer' };
    case 'token_invalid':
      return { 'www-authenticate': 'Bearer error="invalid_token"' };
    case 'too_many_requests':
      return { 'retry-after': String((details as RefusalDetails['too_many_requests']).retryAfterSeconds) };
    case 'range_unsatisfiable':
      return { 'content-range': `bytes */${(details as RefusalDetails['range_unsatisfiable']).size}` };
    case 'method_unknown':
      return { allow: (details as RefusalDetails['method_unknown']).allowed.join(', ') };
    default:
      return {};
  }
}

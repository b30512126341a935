/** Of each refusal that may come before a room is open: what happened, and what was kept and what to do next. */
const codes = {
  token_missing: { what: 'You are not signed in', next: 'Nothing was changed. Sign in and try again.' },
  token_invalid: { what: 'Your session has ended', next: 'Nothing was changed. Sign in again.' },
  sign_in_failed: {
    what: 'The username or the password is wrong',
    next: 'Check both, and Caps Lock. A disabled account cannot sign in: ask an administrator.',
  },
  password_wrong: { what: 'The password is wrong', next: 'Nothing was changed. Type your present password again.' },
  second_factor_required: {
    what: 'A code is needed too',
    next: 'Type the code of your authenticator app, or a recovery code.',
  },
  second_factor_wrong: {
    what: 'The code is wrong or was used before',
    next: 'Wait for the next one and type it. If it goes on, check that your device shows the right time.',
  },
  second_factor_not_enrolled: {
    what: 'You need a second factor first',
    next: 'Set up an authenticator app in your profile, then try again.',
  },
  password_change_required: {
    what: 'You need a password of your own first',
    next: 'Sign in again and choose one, then try again.',
  },
  proof_required: {
    what: 'You did not confirm that it is you',
    next: 'Nothing was changed. Try again and confirm with your password.',
  },
  origin_foreign: {
    what: 'The safe did not recognise this page as its own',
    next: 'Nothing was changed. Open the safe at its usual address; if you are there, tell the operator.',
  },
  too_many_requests: { what: 'Too many tries', next: 'Nothing was changed. Wait a moment, then try again.' },
  route_unknown: {
    what: 'The safe does not know this',
    next: 'Nothing was changed. Reload the page: the safe may have been updated.',
  },
  method_unknown: {
    what: 'The safe does not know this',
    next: 'Nothing was changed. Reload the page: the safe may have been updated.',
  },
  item_not_found: {
    what: 'There is no such item for you',
    next: 'The ID may be mistyped, or it is no longer shared with you.',
  },
  access_denied: { what: 'You may not do this', next: 'Nothing was changed. Ask the owner or an administrator.' },
  item_disabled: { what: 'The item is disabled', next: 'Nothing was changed. Enable it first.' },
  justification_required: { what: 'The owner asks for a reason', next: 'Say why you need it, then view it.' },
  cursor_invalid: { what: 'The list has changed meanwhile', next: 'Load it again from the start.' },
  field_missing: { what: 'Something is missing', next: 'Nothing was saved. Fill in what is marked.' },
  field_invalid: { what: 'Something does not fit', next: 'Nothing was saved. Correct what is marked.' },
  request_invalid: { what: 'Something does not fit', next: 'Nothing was saved. Correct what is marked.' },
  body_unreadable: { what: 'The safe could not read what was sent', next: 'Nothing was changed. Try again.' },
  set_up_link_invalid: {
    what: 'This set-up link does not count',
    next: 'It holds for 30 minutes, and on the machine of the safe alone. Restart the safe for a new one.',
  },
  already_set_up: { what: 'The safe is set up already', next: 'Sign in.' },
  integrity_broken: {
    what: 'What is stored was changed by other hands',
    next: 'Nothing was done. The operator has been told; give him the request number.',
  },
  store_unreachable: { what: 'The safe cannot reach its store', next: 'Nothing was done. Try again in a moment.' },
  store_timeout: {
    what: 'The store did not answer in time',
    next: 'It may have been done: look before you try again.',
  },
  unexpected: {
    what: 'Something went wrong in the safe',
    next: 'What you typed is still here. Try again; if it goes on, give the operator the request number.',
  },
  network_failed: {
    what: 'The safe cannot be reached',
    next: 'What you typed is still here. Check your connection and try again.',
  },
  timed_out: {
    what: 'The safe did not answer in time',
    next: 'What you typed is still here. It may have been done: look before you try again.',
  },
  aborted: { what: 'It was stopped', next: 'Nothing else was done.' },
  answer_unreadable: {
    what: 'The answer was not one of the safe',
    next: 'Something may stand between you and the safe. Check the address and reload the page.',
  },
};

export const problems = {
  codes,
  page: {
    what: 'Something went wrong in this page',
    next: 'What you typed is still here. Try again or reload the page.',
  },
  reading: {
    unexpected: 'Try again; if it goes on, give the operator the request number.',
    network_failed: 'Check your connection and try again.',
    timed_out: 'Try again in a moment.',
    page: 'Try again or reload the page.',
  },
  wait: 'Try again in {{time}}.',
  request: 'Request {{id}}',
  retry: 'Try again',
  offline: { what: 'You are offline', next: 'This is read as soon as the connection is back.' },
  fields: {
    missing: 'Fill this in.',
    tooShort: 'That is too short.',
    tooLong: 'That is too long.',
    common: 'That is one of the most common passwords. Choose another one.',
    breached: 'That password was stolen somewhere before. Choose another one.',
    isUsername: 'It must be more than the username, common words and digits.',
    sameAsBefore: 'Choose another one than before.',
    email: 'An address looks like someone@example.com.',
    username: 'Use 1 to 64 of the signs a-z 0-9 . _ @ + - and begin with a letter or digit.',
    past: 'Choose a time in the future.',
    invalid: 'That does not fit here.',
  },
};

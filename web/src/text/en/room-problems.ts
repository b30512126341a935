/** Of the refusals that only rooms meet; their words come with those of the rooms. */
export const roomCodes = {
  upload_not_found: { what: 'The upload is gone', next: 'It was given up or taken already. Choose the file again.' },
  upload_offset_wrong: { what: 'The upload goes on elsewhere', next: 'Try again: it continues where it stopped.' },
  upload_incomplete: { what: 'The file has not come whole', next: 'Try again: it continues where it stopped.' },
  file_too_large: { what: 'The file is too large', next: 'Nothing was saved. Choose a smaller one.' },
  quota_reached: {
    what: 'There is no room left for it',
    next: 'Nothing was saved. Cancel other uploads, or ask an administrator for more room.',
  },
  range_unsatisfiable: { what: 'The file has no such part', next: 'Download it as a whole.' },
  import_not_found: { what: 'No such import', next: 'See your imports.' },
  import_unreadable: { what: 'The file cannot be read', next: 'Export it anew.' },
  import_impossible: { what: 'Not possible now', next: 'Reload the page.' },
  rotation_running: {
    what: 'Keys of the safe are being replaced already',
    next: 'Nothing was begun. Wait until that is finished.',
  },
  root_key_unfit: {
    what: 'This server does not know the new root key',
    next: 'Nothing was begun. Whoever runs it must start it again with the new one.',
  },
  proposal_not_found: { what: 'There is no such proposal', next: 'Load the list again.' },
  proposal_decided: { what: 'That was decided already', next: 'Nothing was changed. Load the list again.' },
  proposal_by_self: {
    what: 'Another administrator must confirm this',
    next: 'Nothing was changed: whoever proposes something cannot confirm it.',
  },
  key_without_private_key: { what: 'This access key has no private key', next: 'It does not encrypt its answers.' },
  answer_unencryptable: {
    what: 'The value is too long to be encrypted to this access key',
    next: 'Use an access key that encrypts by JWE.',
  },
  group_name_taken: { what: 'A group has that name already', next: 'Choose another name.' },
  username_taken: { what: 'That username is taken', next: 'Choose another one.' },
  last_admin: {
    what: 'This is the last administrator',
    next: 'Nothing was changed. Make or enable another administrator first.',
  },
  version_not_found: { what: 'There is no such version', next: 'Choose another one in the history.' },
  identifier_code_taken: { what: 'The identifier code is taken', next: 'Nothing was saved. Choose another one.' },
  revision_unreadable: {
    what: 'The safe did not understand the revision',
    next: 'Nothing was changed. Reload the page.',
  },
  key_not_found: { what: 'There is no such access key for you', next: 'Load the list again.' },
  key_revoked: { what: 'The access key is revoked for good', next: 'Make a new one, or clone it.' },
  keys_not_allowed: { what: 'You may not make access keys', next: 'Nothing was changed. Ask an administrator.' },
  user_not_found: { what: 'There is no such user', next: 'Nothing was changed. Check the username.' },
  group_not_found: { what: 'There is no such group for you', next: 'Nothing was changed. It may have been removed.' },
  second_factor_absent: { what: 'There is no second factor', next: 'Set one up in your profile.' },
  second_factor_needed: {
    what: 'The second factor cannot be removed',
    next: 'It stays as it was: the policy of this safe asks you for one.',
  },
  transfer_impossible: { what: 'It cannot be transferred', next: 'The owner stays. Choose somebody else.' },
};

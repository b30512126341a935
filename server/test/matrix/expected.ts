import type { Action } from '../../src/domain/access.ts';

/**
 * Who may by a session. On an item `readers`, `editors` and `owner` are relations; else `owner` is of the thing. `keys`: nobody
 * by a session, everybody by his key.
 */
type Who = 'everybody' | 'keys' | 'readers' | 'editors' | 'owner' | 'admins' | 'owner+admins' | 'nobody';
/** What a key needs: to be live, not to be read-only, not to be limited to chosen items either; `-` no key may. */
type ByKey = 'any' | 'writing' | 'unlimited' | '-';
/** Is a fresh proof asked for? Or only for what belongs to the administrators? */
type Proof = 'fresh' | 'fresh-if-unowned' | '-';

export type Right = { action: Action; who: Who; key: ByKey; proof: Proof; enrolling: boolean; host: boolean };

// Written by hand from what the safe promises, not from the code: whoever changes a right changes it in two places.
const table = `
action                       session       key        proof             enrolling  host
item.create                  everybody     unlimited  -                 -          -
item.list                    everybody     any        -                 -          -
item.read                    readers       any        -                 -          -
item.reveal                  readers       any        -                 -          -
item.update                  editors       writing    -                 -          -
item.share                   editors       writing    -                 -          -
item.disable                 editors       writing    -                 -          -
item.enable                  editors       writing    -                 -          -
item.transfer                owner         -          -                 -          -
item.list-access             readers       any        -                 -          -
item.list-versions           editors       any        -                 -          -
item.reveal-version          editors       any        -                 -          -
item.restore-version         editors       writing    -                 -          -
export.make                  everybody     -          fresh             -          -
import.plan                  everybody     -          -                 -          -
import.list                  everybody     -          -                 -          -
import.read                  owner         -          -                 -          -
import.apply                 owner         -          -                 -          -
import.undo                  owner         -          -                 -          -
import.discard               owner         -          -                 -          -
upload.begin                 everybody     writing    -                 -          -
upload.list                  everybody     any        -                 -          -
upload.add-part              everybody     writing    -                 -          -
upload.cancel                everybody     writing    -                 -          -
password.judge               everybody     -          -                 yes        -
password.read-health         everybody     -          -                 -          -
session.check                everybody     any        -                 yes        -
session.read                 everybody     -          -                 yes        -
session.list                 everybody     -          -                 yes        -
session.prove                everybody     -          -                 yes        -
session.end                  everybody     -          -                 yes        -
device-sign-in.read          everybody     -          -                 -          -
device-sign-in.allow         everybody     -          fresh             -          -
device-sign-in.deny          everybody     -          -                 -          -
profile.read                 everybody     -          -                 yes        -
profile.change               everybody     -          -                 yes        -
profile.change-email         everybody     -          fresh             -          -
profile.change-password      everybody     -          fresh             yes        -
profile.change-second-factor everybody     -          fresh             yes        -
policy.read                  everybody     -          -                 yes        -
policy.change                admins        -          fresh             -          yes
statistics.read              admins        -          -                 -          -
safe.set-up                  nobody        -          -                 -          yes
user.add                     admins        -          fresh             -          yes
user.list                    everybody     -          -                 -          yes
user.change                  admins        -          fresh             -          yes
user.disable                 admins        -          fresh             -          yes
user.enable                  admins        -          fresh             -          yes
user.set-password            admins        -          fresh             -          yes
user.end-sessions            admins        -          fresh             -          yes
user.remove-second-factor    admins        -          fresh             -          yes
user.seize-items             admins        -          fresh             -          -
proposal.list                admins        -          -                 -          -
proposal.decide              admins        -          fresh             -          -
group.add                    owner         -          fresh-if-unowned  -          yes
group.list                   everybody     -          -                 -          yes
group.change                 owner         -          fresh-if-unowned  -          yes
group.disable                owner         -          fresh-if-unowned  -          yes
group.enable                 owner         -          fresh-if-unowned  -          yes
group.add-member             owner         -          fresh-if-unowned  -          yes
group.remove-member          owner         -          fresh-if-unowned  -          yes
access-key.add               owner         -          fresh             -          yes
access-key.list              owner+admins  -          -                 -          yes
access-key.read              owner+admins  -          -                 -          yes
access-key.change            owner         -          fresh             -          yes
access-key.clone             owner         -          fresh             -          yes
access-key.revoke            owner+admins  -          -                 -          yes
access-key.end-own           keys          any        -                 -          -
access-key.confirm           owner         -          fresh             -          yes
access-key.view-secret       owner         -          fresh             -          yes
access-key.view-private-key  owner         -          fresh             -          yes
access-key.simulate          owner         -          -                 -          yes
access-key.report            owner+admins  -          -                 -          yes
audit.list                   owner+admins  -          -                 -          yes
audit.leaver                 owner+admins  -          -                 -          yes
audit.export                 admins        -          fresh             -          yes
audit.verify                 nobody        -          -                 -          yes
audit.archive                nobody        -          -                 -          yes
backup.make                  nobody        -          -                 -          yes
backup.prove                 nobody        -          -                 -          yes
safe-key.list                admins        -          -                 -          yes
safe-key.rotate              admins        -          fresh             -          yes
safe-key.rotate-root         nobody        -          -                 -          yes
`;

/** What everybody must get, by action. */
export const rights: readonly Right[] = table
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [action, who, key, proof, enrolling, host] = line.split(/ +/);
    return { action, who, key, proof, enrolling: enrolling === 'yes', host: host === 'yes' } as Right;
  });

export type Credential = (typeof credentials)[number];
/** What a person calls with. The last five count for nothing, or not from here. */
export const credentials = [
  'a session',
  'a session without a fresh proof',
  'a session without the second factor',
  'a session by a first password',
  'a key',
  'a key for these items',
  'a key for other items',
  'a read-only key',
  'a revoked key',
  'an expired key',
  'a held key',
  'a key for another address',
] as const;

export type Outcome =
  | 'allowed'
  | 'token_missing'
  | 'token_invalid'
  | 'key_restricted'
  | 'access_denied'
  | 'hidden'
  | 'proof_required'
  | 'second_factor_not_enrolled'
  | 'password_change_required';

/** One cell: a person with a credential before one call. */
export type Cell = {
  right: Right;
  credential: Credential;
  /** Is the person, by what he is to the item or the thing, among those of `right.who`? */
  isAmong: boolean;
  isDisabled: boolean;
  /** Is the call about one item? */
  onItem: boolean;
  /** Does the thing belong to nobody, and so to the administrators? */
  isUnowned: boolean;
  /** Is the thing named by its number, so that he is first asked whether he might do it to one of his own? */
  isNumbered: boolean;
  /** Is it one of which he may not even know? */
  isHidden: boolean;
};

export function outcomeOf(cell: Cell): Outcome {
  const { credential, isDisabled } = cell;
  if (isDisabled || ['a revoked key', 'an expired key', 'a held key'].includes(credential)) return 'token_invalid';
  if (credential === 'a key for another address') return 'key_restricted';
  return credential.startsWith('a session') ? bySession(cell) : byKey(cell);
}

function bySession({ right, credential, isAmong, onItem, isUnowned, isNumbered, isHidden }: Cell): Outcome {
  const asksProof = right.proof === 'fresh' || (right.proof === 'fresh-if-unowned' && isUnowned);
  if (onItem && !isAmong) return 'access_denied';
  if (credential === 'a session without the second factor' && !right.enrolling) return 'second_factor_not_enrolled';
  if (credential === 'a session by a first password' && !right.enrolling) return 'password_change_required';
  const isStale = credential === 'a session without a fresh proof' && asksProof;
  // Who might do it to a thing of his own is asked for the proof before he hears anything of this one.
  if (isNumbered && isStale) return 'proof_required';
  if (isHidden) return 'hidden';
  if (!isAmong) return 'access_denied';
  return isStale ? 'proof_required' : 'allowed';
}

function byKey({ right, credential, isAmong, onItem }: Cell): Outcome {
  const isLimited = credential === 'a key for these items' || credential === 'a key for other items';
  if (right.key === '-' || !isAmong) return 'access_denied';
  if (right.key !== 'any' && credential === 'a read-only key') return 'access_denied';
  if (right.key === 'unlimited' && isLimited) return 'access_denied';
  return onItem && credential === 'a key for other items' ? 'access_denied' : 'allowed';
}

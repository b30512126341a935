import { makeAnswerKeyPair } from '../../crypto/credentials.ts';
import type { Caller } from '../../domain/access.ts';
import type { Encryption } from '../../domain/access-key.ts';
import { refuse } from '../../domain/errors.ts';
import { mayMakeKeys } from '../../domain/policy.ts';
import { enabledGroupsOf } from '../../storage/groups.ts';
import { loadPolicy } from '../../storage/policy.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import type { Context } from '../safe.ts';
import { inTurn } from './in-turn.ts';

/** The policy binds people; the operator of the host makes keys for anyone. */
export async function mustMayMakeKeys(tx: ReadTx, caller: Caller): Promise<void> {
  if (caller.kind === 'operator') return;
  const groups = await enabledGroupsOf(tx, caller.user.id);
  if (!mayMakeKeys(await loadPolicy(tx), caller.user, groups)) refuse('keys_not_allowed', {});
}

/** A key pair for answers takes up to seconds to make: outside the transaction, and for nobody who may not have it. */
export async function makePair({ safe }: Context, encryption: Encryption) {
  return encryption === 'none' ? null : await inTurn(safe, () => makeAnswerKeyPair(safe.answerKeyBits));
}

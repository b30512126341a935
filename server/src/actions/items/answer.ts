import { AnswerTooLong, encryptAnswerField } from '../../crypto/answer-cipher.ts';
import { totpCode } from '../../crypto/totp.ts';
import type { Caller } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { type FieldValues, partOf } from '../../domain/fields.ts';
import { fieldsOf, type ItemHead } from '../../domain/item.ts';
import { isRunning, type ShareRole } from '../../domain/sharing.ts';
import { byCodePoint } from '../../domain/text.ts';
import { type Totp, totpUri } from '../../domain/totp.ts';
import type { NamedShare } from '../../storage/shares.ts';
import { traced } from '../../tracing/spans.ts';

/** With whom an item is shared, each sort by code point; ended shares are left out. */
type Sharing = { users: SharedWith[]; groups: SharedWith[] };
export type SharedWith = { name: string; role: ShareRole };

/** What could not be shared, and why; it does not fail the request. */
export type ShareProblem = {
  subject: 'user' | 'group';
  name: string;
  why: 'user_not_found' | 'user_is_owner' | 'user_disabled' | 'group_not_found' | 'group_disabled';
};

/** An item as it leaves an action: open fields, and those secret fields that were asked for. */
export type ItemAnswer = {
  head: ItemHead;
  open: FieldValues;
  /** By field name; a password's seed is `totp`, with its parameters `totpUri`, its current code `code`. Encrypted if the caller's key asks for it. */
  secret: Readonly<Record<string, string | null>>;
  /** How long a revealed code is valid, 1 to its period; null without one. */
  codeSecondsLeft: number | null;
  sharing: Sharing;
};

/** Names of secret fields that an answer carries; any but an empty list makes it a reveal. */
export type Revealing = readonly string[];

export function answerOf(
  caller: Caller,
  head: ItemHead,
  content: FieldValues,
  shares: readonly NamedShare[],
  revealing: Revealing,
  now: Date,
): ItemAnswer {
  const secret: Record<string, string | null> = {};
  const totp = revealing.includes('code') ? (content.totp as Totp | null) : null;
  const code = totp && totpCode(totp, now);
  for (const field of revealing) {
    secret[field] = cover(caller, field === 'code' ? (code?.code ?? null) : secretText(content, field));
  }
  return {
    head,
    open: partOf(fieldsOf[head.kind], 'open', content),
    secret,
    codeSecondsLeft: code?.secondsLeft ?? null,
    sharing: sharingOf(shares, now),
  };
}

function secretText(content: FieldValues, field: string): string | null {
  if (field === 'totpUri') {
    const totp = content.totp as Totp | null;
    return totp && totpUri(totp, `${content.name}`);
  }
  const value = content[field] as string | Totp | null;
  return typeof value === 'object' ? (value?.secret ?? null) : value;
}

/** Encrypts a value to the caller's access key, inside the transaction: what cannot be encrypted is not done. */
function cover(caller: Caller, text: string | null): string | null {
  if (text === null || caller.kind !== 'key' || caller.key.encryption === 'none') return text;
  if (caller.key.publicKey === null) throw new Error('an encrypting access key without public key');
  try {
    const { encryption, publicKey } = caller.key;
    return traced('crypto.encrypt-answer', () => encryptAnswerField(encryption, publicKey, text));
  } catch (thrown) {
    if (thrown instanceof AnswerTooLong) refuse('answer_unencryptable', {});
    throw thrown;
  }
}

function sharingOf(shares: readonly NamedShare[], now: Date): Sharing {
  const running = shares.filter((share) => isRunning(share, now));
  const sorted = (subject: 'user' | 'group') =>
    running
      .filter((share) => share.subject === subject)
      .map(({ name, role }) => ({ name, role }))
      .sort((a, b) => byCodePoint(a.name, b.name));
  return { users: sorted('user'), groups: sorted('group') };
}

import type { FieldValues } from '../../domain/fields.ts';
import type { Kind } from '../../domain/kind.ts';
import { type Totp, totpUri } from '../../domain/totp.ts';

/** Names the form of our own exports. */
export const itemsFormat = 'arca-items-1';
const ageHead = 'age-encryption.org/v1\n';

/** `bytes` are those of a file, whose `content` is null. */
export type ExportedItem = { kind: Kind; number: number; content: FieldValues; bytes: Uint8Array | null };

export function isAge(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, ageHead.length)).toString('latin1') === ageHead;
}

/** A seed with all its parameters. */
export function totpText({ totp, name }: FieldValues): string {
  return totp ? totpUri(totp as Totp, String(name)) : '';
}

import type { KeyPurpose } from '../../crypto/keyring.ts';
import type { Rotatable } from '../../domain/rotation.ts';

/** Which keys a rotation replaces. */
export const purposesOf: Readonly<Record<Rotatable, readonly KeyPurpose[]>> = {
  data: ['data'],
  index: ['index'],
  rows: ['row-mac'],
  signing: ['token-signing', 'audit-signing'],
  pepper: ['pepper'],
};

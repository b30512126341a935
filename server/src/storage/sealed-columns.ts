import type { Tables } from './tables.ts';

type BytesColumn<T> = { [C in keyof T]: Uint8Array extends NonNullable<T[C]> ? C : never }[keyof T];

/**
 * Every column of bytes: is it sealed under the data key (crypto/row-seal.ts)? A rotation seals these anew, and a data key
 * goes for good when none of them names it: a column that is added to a table of tables.ts and forgotten here does not compile.
 */
export const isSealed = {
  safe_keys: { wrapped: false, public_key: false, link: false },
  users: { profile: true, mac: false },
  credentials: { mac: false },
  second_factors: { seed: true, mac: false },
  recovery_codes: { code_hash: false, mac: false },
  sessions: { token_hash: false, device: true, previous_hash: false, mac: false },
  device_sign_ins: { device_code_hash: false, user_code_hash: false, wish: true, mac: false },
  policy: { mac: false },
  proposals: { input: true, mac: false },
  repeats: { key_hash: false, outcome: true },
  imports: { details: true, mac: false },
  import_rows: { row: true },
  groups: { description: true, mac: false },
  group_members: { mac: false },
  items: { mac: false },
  // Under a key of their own, which the data key wraps.
  item_versions: { wrapped_key: false, open: false, secret: false },
  password_strengths: { strength: true },
  uploads: { document: true },
  upload_parts: { document: true },
  item_index: { tag: false },
  shares: { mac: false },
  access_keys: { public_key: false, limits: true, private: true, mac: false },
  key_use: { address: true },
  audit_lanes: { hash: false, signature: false },
  // Details are sealed, but the chain has hashed them as they are: a retired data key leaves the key of this table.
  audit_entries: { details: false, hash: false },
} as const satisfies {
  [T in keyof Tables as BytesColumn<Tables[T]> extends never ? never : T]: Record<BytesColumn<Tables[T]>, boolean>;
};

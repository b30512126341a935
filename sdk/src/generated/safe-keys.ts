// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Method, Read } from '../method.ts';
import type { Rotation, SafeKeys } from './safe-keys-schemas.ts';

export type SafeKeysApi = {
  /**
   * List the keys of the safe.
   * For administrators. What each key is for and since when, never the key itself; and how far the replacement of keys has come.
   * By a session only.
   */
  list: Read<Record<string, never>, SafeKeys>;

  /**
   * Replace keys of the safe.
   * For administrators, with a fresh proof. Begins to replace keys while everything goes on; `GET /safe-keys` tells how far it has come. The root key is replaced on the host alone, by `arca rotate root`.
   * By a session only.
   */
  rotate: Method<
    {
      /** `data`: the key that encrypts; `index`: the key of blind indexes; `rows`: the key of row MACs; `signing`: the keys that sign tokens and the audit; `pepper`: the key of password hashes. */
      what: 'data' | 'index' | 'rows' | 'signing' | 'pepper';
      /** For `data`: encrypt contents anew, too, after the key became known. */
      reseal?: boolean | undefined;
    },
    Rotation,
    unknown,
    201
  >;
};

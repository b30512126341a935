// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Method } from '../method.ts';
import type { Export } from './exports-schemas.ts';

export type ExportsApi = {
  /**
   * Export your items.
   * Everything that you own and may reveal, as one file: `json` with every field, encrypted by age under a passphrase unless `plain`; `csv` with every field, never encrypted; `kdbx` for KeePass. Files leave with their bytes in `json` and `kdbx`, up to 8 MiB each and 20 MiB in all. Each item is recorded as a reveal. Asks for a fresh proof.
   * By a session only.
   */
  make: Method<
    {
      format: 'json' | 'csv' | 'kdbx';
      passphrase?: string | undefined;
      /** Leaves `json` unencrypted. */
      plain?: boolean | undefined;
      /** Also what others share with you. */
      shared?: boolean | undefined;
      justification?: string | undefined;
    },
    Export
  >;
};

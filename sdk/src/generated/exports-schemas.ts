// Written by `npm run generate` from the operations of the server: change those, and run it again.

export type Export = {
  file: string;
  /** Its bytes in base64. */
  content: string;
  items: number;
  /** Items that did not leave, and why. */
  left: Array<{
    /** The kind of an item. */
    kind: 'password' | 'note' | 'api-secret' | 'file';
    /** Counts up within a kind, from 1. */
    number: number;
    /** The code of the refusal; or of a file `file_not_in_format`, `file_too_large` (beyond 8 MiB) or `export_full`. */
    why: string;
  }>;
};

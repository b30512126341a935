// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Method, Pages, Read } from '../method.ts';
import type { Import, ImportPage, ImportRowPage, ImportTemplate } from './imports-schemas.ts';

export type ImportsApi = {
  /**
   * List your imports.
   * Newest first.
   * By a session only.
   */
  list: Pages<
    {
      /** At most so many; 20 unless told. */
      limit?: number | undefined;
      before?: number | undefined;
    },
    ImportPage,
    'imports'
  >;

  /**
   * Plan an import of a file.
   * Reads an export of another product, up to 32 MiB and 100,000 records, and tells of each record whether it is new, the same as an item of yours, another content of one, or rejected, and why. Nothing is changed but the plan, which is kept for a day. What has no field here is kept in the notes. What is attached to entries becomes files, up to 32 MiB in all; the room of those that are to be made is reserved.
   * By a session only.
   */
  plan: Method<
    {
      /** The file's name. */
      file: string;
      /** The file's bytes in base64. */
      content: string;
      /** What wrote the file. All but `keeper-csv` are known by their looks. */
      format?:
        | 'arca-json'
        | 'arca-csv'
        | 'arca-xlsx'
        | 'lastpass-csv'
        | 'keeper-json'
        | 'keeper-csv'
        | 'bitwarden-json'
        | 'bitwarden-csv'
        | '1password-1pux'
        | '1password-csv'
        | 'keepass-kdbx'
        | 'keepass-xml'
        | 'chrome-csv'
        | 'firefox-csv'
        | undefined;
      /** Of a file that is encrypted. */
      passphrase?: string | undefined;
    },
    Import,
    unknown,
    201
  >;

  /**
   * Plan an import from another MySafe.
   * Fetches over the wire of MySafe all that an access key there reaches: each item is a reveal in the audit of that safe. The receipt tells how many came, and a digest. The address must be a public one, or listed by the operator (`ARCA_OUTBOUND_ALLOWED`).
   * By a session only.
   */
  planMySafe: Method<
    {
      /** Where the other safe answers, without `/api`. */
      url: string;
      clientId: string;
      clientSecret: string;
    },
    Import,
    unknown,
    201
  >;

  /**
   * Take the template for spreadsheets.
   * An XLSX workbook with a sheet of passwords and one of notes, to be filled in and imported.
   * By a session only.
   */
  template: Read<Record<string, never>, ImportTemplate>;

  /**
   * Read an import.
   * Its status, and how far it has come.
   * By a session only.
   */
  read: Read<{ id: number }, Import>;

  /**
   * Discard a plan.
   * Before it is applied. It is gone at once, and the room that it reserved for files is free within moments.
   * By a session only.
   */
  discard: Method<{ id: number }, null, unknown, 204>;

  /**
   * List the rows of an import.
   * What is to become of each record of the file, or has become of it, in the order of the file.
   * By a session only.
   */
  rows: Pages<
    {
      id: number;
      verdict?: 'new' | 'same' | 'changed' | 'rejected' | undefined;
      /** At most so many; 100 unless told. */
      limit?: number | undefined;
      /** Rows behind this place. */
      after?: number | undefined;
    },
    ImportRowPage,
    'rows'
  >;

  /**
   * Take the log of an import.
   * A line for each record of the file, as CSV for spreadsheets, in which no cell is taken for a formula. No secrets.
   * By a session only.
   */
  log: Method<{ id: number }, string>;

  /**
   * Apply an import.
   * The safe goes on by itself; read the import to see how far it has come. New items are seen by nobody until all are there, and then at once; after that, items with another content get a new version. One that was changed since the plan was made is left.
   * By a session only.
   */
  apply: Method<
    {
      id: number;
      /** False leaves items that stand otherwise as they are. */
      updates?: boolean | undefined;
    },
    Import
  >;

  /**
   * Undo an import.
   * Within a day after it was planned. Items that it made and nobody has changed vanish; those that somebody has changed are disabled and told in the log. Items that it changed are again what they were, unless somebody has changed them since.
   * By a session only.
   */
  undo: Method<{ id: number }, Import>;
};

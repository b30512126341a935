// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Conditional, Method, Pages, Read, Repeatable } from '../method.ts';
import type {
  ChangedApiSecret,
  ChangedFile,
  ChangedNote,
  ChangedPassword,
  Item,
  ItemAccess,
  ItemPage,
  NewApiSecret,
  NewFile,
  NewNote,
  NewPassword,
  ShareList,
  VersionPage,
} from './items-schemas.ts';
import type { ChangedState, Revealed } from './schemas.ts';

export type ItemsApi = {
  /**
   * List and search items.
   * The items that the caller owns and those shared with him, without their secrets. `q` finds items in whose open fields every one of its words occurs. Pages go on after the last item shown, whatever changes meanwhile.
   */
  list: Pages<
    {
      /** The kind of an item. */
      kind?: 'password' | 'note' | 'api-secret' | 'file' | undefined;
      /** Words to look for. */
      q?: string | undefined;
      /** The whole value; letter case does not matter. */
      name?: string | undefined;
      /** The whole value; letter case does not matter. */
      username?: string | undefined;
      /** The whole value; letter case does not matter. */
      url?: string | undefined;
      /** The whole value; letter case does not matter. */
      tag?: string | undefined;
      /** The whole value; letter case does not matter. */
      identifierCode?: string | undefined;
      /** `me`, `others`, or a username. */
      owner?: string | undefined;
      /** `enabled` unless told. */
      state?: 'enabled' | 'disabled' | 'all' | undefined;
      /** Only the caller's own enabled passwords that are so. */
      health?: 'weak' | 'reused' | 'old' | undefined;
      /** `name` unless told; `-` for descending. */
      sort?:
        | 'name'
        | '-name'
        | 'number'
        | '-number'
        | 'createdAt'
        | '-createdAt'
        | 'updatedAt'
        | '-updatedAt'
        | 'lastUsedAt'
        | '-lastUsedAt'
        | undefined;
      /** At most so many; 50 unless told. */
      limit?: number | undefined;
      /** As `next` of the page before gave it. */
      cursor?: string | undefined;
    },
    ItemPage,
    'items'
  >;

  /**
   * Create a password.
   * The caller owns it. Share it afterwards with `PUT …/shares/…`.
   */
  createPassword: Method<NewPassword, Item, Repeatable, 201>;

  /**
   * Create a note.
   * The caller owns it. Share it afterwards with `PUT …/shares/…`.
   */
  createNote: Method<NewNote, Item, Repeatable, 201>;

  /**
   * Create an API secret.
   * The caller owns it. Share it afterwards with `PUT …/shares/…`.
   */
  createApiSecret: Method<NewApiSecret, Item, Repeatable, 201>;

  /**
   * Create a file.
   * The caller owns it. Share it afterwards with `PUT …/shares/…`. Its content was uploaded before: `POST /uploads`.
   */
  createFile: Method<NewFile, Item, Repeatable, 201>;

  /**
   * Read the open fields of an item.
   * Of a disabled item too. No secret leaves, so nothing is recorded. The ETag is what `If-Match` takes.
   */
  read: Read<{ kind: 'password' | 'note' | 'api-secret' | 'file'; number: number }, Item>;

  /**
   * Reveal secret fields.
   * Recorded before the answer leaves. Without `fields` all of the kind.
   */
  reveal: Method<
    {
      kind: 'password' | 'note' | 'api-secret' | 'file';
      number: number;
      fields?: Array<'password' | 'totp' | 'code' | 'notes' | 'note' | 'clientSecret'> | undefined;
      /** The reason, where one is asked for. */
      justification?: string | undefined;
    },
    Revealed
  >;

  /**
   * Update a password.
   * What is absent stays, null clears. Changed content makes a new version.
   */
  updatePassword: Method<{ number: number } & ChangedPassword, Item, Conditional>;

  /**
   * Update a note.
   * What is absent stays, null clears. Changed content makes a new version.
   */
  updateNote: Method<{ number: number } & ChangedNote, Item, Conditional>;

  /**
   * Update an API secret.
   * What is absent stays, null clears. Changed content makes a new version.
   */
  updateApiSecret: Method<{ number: number } & ChangedApiSecret, Item, Conditional>;

  /**
   * Update a file.
   * What is absent stays, null clears. Changed content makes a new version.
   */
  updateFile: Method<{ number: number } & ChangedFile, Item, Conditional>;

  /** Disable an item. */
  disable: Method<
    { kind: 'password' | 'note' | 'api-secret' | 'file'; number: number },
    ChangedState,
    Conditional & Repeatable
  >;

  /** Enable an item again. */
  enable: Method<
    { kind: 'password' | 'note' | 'api-secret' | 'file'; number: number },
    ChangedState,
    Conditional & Repeatable
  >;

  /**
   * Give an item to another owner.
   * By a session only.
   */
  transfer: Method<
    {
      kind: 'password' | 'note' | 'api-secret' | 'file';
      number: number;
      /** Lower case. */
      to: string;
      /** Stay as an editor; true unless told. */
      keepAccess?: boolean | undefined;
    },
    ChangedState,
    Conditional & Repeatable
  >;

  /**
   * Who has access, and why.
   * Active users by name, each with every way by which he has access.
   */
  listAccess: Read<{ kind: 'password' | 'note' | 'api-secret' | 'file'; number: number }, ItemAccess>;

  /**
   * List the shares of an item.
   * Running ones. Who has access by them is told by `…/access`.
   */
  listShares: Read<{ kind: 'password' | 'note' | 'api-secret' | 'file'; number: number }, ShareList>;

  /**
   * Share an item with a user.
   * Or change how it is shared. A share with `expiresAt` ends by itself.
   */
  shareWithUser: Method<
    {
      kind: 'password' | 'note' | 'api-secret' | 'file';
      number: number;
      username: string;
      role: 'viewer' | 'editor';
      /** ISO 8601 in UTC, with milliseconds. */
      expiresAt?: string | null | undefined;
    },
    ChangedState,
    Conditional
  >;

  /** End the share with a user. */
  unshareWithUser: Method<
    { kind: 'password' | 'note' | 'api-secret' | 'file'; number: number; username: string },
    ChangedState,
    Conditional
  >;

  /**
   * Share an item with a group.
   * Or change how it is shared. A share with `expiresAt` ends by itself.
   */
  shareWithGroup: Method<
    {
      kind: 'password' | 'note' | 'api-secret' | 'file';
      number: number;
      groupId: number;
      role: 'viewer' | 'editor';
      /** ISO 8601 in UTC, with milliseconds. */
      expiresAt?: string | null | undefined;
    },
    ChangedState,
    Conditional
  >;

  /** End the share with a group. */
  unshareWithGroup: Method<
    { kind: 'password' | 'note' | 'api-secret' | 'file'; number: number; groupId: number },
    ChangedState,
    Conditional
  >;

  /**
   * List the versions of an item.
   * Newest first, with who saved each and which fields changed. For the owner and editors.
   */
  listVersions: Pages<
    {
      kind: 'password' | 'note' | 'api-secret' | 'file';
      number: number;
      /** Versions older than this one; `next` of a page. */
      before?: number | undefined;
      /** At most so many; 20 unless told. */
      limit?: number | undefined;
    },
    VersionPage,
    'versions'
  >;

  /**
   * Reveal an earlier version.
   * All its secret fields but the code. Recorded before the answer leaves. For the owner and editors.
   */
  revealVersion: Method<
    {
      kind: 'password' | 'note' | 'api-secret' | 'file';
      number: number;
      version: number;
      justification?: string | undefined;
    },
    Revealed
  >;

  /**
   * Restore an earlier version.
   * Its content becomes a new version; those in between stay.
   */
  restoreVersion: Method<
    { kind: 'password' | 'note' | 'api-secret' | 'file'; number: number; version: number },
    ChangedState,
    Conditional & Repeatable
  >;
};

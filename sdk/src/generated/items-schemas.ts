// Written by `npm run generate` from the operations of the server: change those, and run it again.

export type AccessReason = {
  by: 'owner' | 'user' | 'group';
  role?: 'viewer' | 'editor' | undefined;
  /** ISO 8601 in UTC, with milliseconds. */
  expiresAt?: string | null | undefined;
  groupId?: number | undefined;
  /** Null for a private group that is not the caller's. */
  group?: string | null | undefined;
};

export type ApiSecretItem = {
  kind: 'api-secret';
  name: string;
  url: string;
  clientId: string;
  /** Unique among the API secrets of an owner. */
  identifierCode: string;
  tags: string[];
  /** How the secret is used, such as `client_credentials`. */
  method: string;
  /** The secret fields that hold something. */
  filled: Array<'password' | 'totp' | 'notes' | 'note' | 'clientSecret' | 'content'>;
  /** Counts up within a kind, from 1. */
  number: number;
  /** Lower case. */
  owner: string;
  /** The best that the caller has. */
  role: 'owner' | 'editor' | 'viewer';
  /** What the caller, and his access key, may do with it. */
  may: { update: boolean; share: boolean; transfer: boolean };
  enabled: boolean;
  /** ISO 8601 in UTC, with milliseconds. */
  disabledAt: string | null;
  /** Counts changes of content. */
  version: number;
  /** Counts every change but last use; what `If-Match` compares. */
  revision: number;
  justificationRequired: boolean;
  approvalRequired: boolean;
  /** Running shares. */
  sharedWith: number;
  /** ISO 8601 in UTC, with milliseconds. */
  createdAt: string;
  /** ISO 8601 in UTC, with milliseconds. */
  updatedAt: string;
  /** ISO 8601 in UTC, with milliseconds. */
  lastUsedAt: string | null;
  /** Of a password; null for other kinds. */
  strength: 'pending' | 'undefined' | 'poor' | 'bad' | 'good' | 'best' | null;
};

export type ChangedApiSecret = {
  name?: string | undefined;
  url?: string | undefined;
  clientId?: string | undefined;
  clientSecret?: string | null | undefined;
  /** Unique among the API secrets of an owner. */
  identifierCode?: string | null | undefined;
  tags?: string[] | null | undefined;
  notes?: string | null | undefined;
  /** How the secret is used, such as `client_credentials`. */
  method?: string | null | undefined;
  /** Owner only: must others give a reason to reveal? */
  justificationRequired?: boolean | undefined;
};

export type ChangedFile = {
  name?: string | undefined;
  /** Id of a whole upload, whose content this becomes. */
  upload?: string | undefined;
  tags?: string[] | null | undefined;
  notes?: string | null | undefined;
  /** Owner only: must others give a reason to reveal? */
  justificationRequired?: boolean | undefined;
};

export type ChangedNote = {
  name?: string | undefined;
  note?: string | undefined;
  tags?: string[] | null | undefined;
  /** Owner only: must others give a reason to reveal? */
  justificationRequired?: boolean | undefined;
};

export type ChangedPassword = {
  name?: string | undefined;
  username?: string | undefined;
  password?: string | undefined;
  url?: string | null | undefined;
  /** Seed of one-time codes: base32, or an `otpauth://totp/` URI. Read back as a URI. */
  totp?: string | null | undefined;
  notes?: string | null | undefined;
  tags?: string[] | null | undefined;
  /** Owner only: must others give a reason to reveal? */
  justificationRequired?: boolean | undefined;
};

export type FileItem = {
  kind: 'file';
  name: string;
  /** Of the content, as it was uploaded. */
  fileName: string;
  /** Of the content, as it was told. */
  mediaType: string;
  /** Bytes of the content. */
  size: number;
  tags: string[];
  /** The secret fields that hold something. */
  filled: Array<'password' | 'totp' | 'notes' | 'note' | 'clientSecret' | 'content'>;
  /** Counts up within a kind, from 1. */
  number: number;
  /** Lower case. */
  owner: string;
  /** The best that the caller has. */
  role: 'owner' | 'editor' | 'viewer';
  /** What the caller, and his access key, may do with it. */
  may: { update: boolean; share: boolean; transfer: boolean };
  enabled: boolean;
  /** ISO 8601 in UTC, with milliseconds. */
  disabledAt: string | null;
  /** Counts changes of content. */
  version: number;
  /** Counts every change but last use; what `If-Match` compares. */
  revision: number;
  justificationRequired: boolean;
  approvalRequired: boolean;
  /** Running shares. */
  sharedWith: number;
  /** ISO 8601 in UTC, with milliseconds. */
  createdAt: string;
  /** ISO 8601 in UTC, with milliseconds. */
  updatedAt: string;
  /** ISO 8601 in UTC, with milliseconds. */
  lastUsedAt: string | null;
  /** Of a password; null for other kinds. */
  strength: 'pending' | 'undefined' | 'poor' | 'bad' | 'good' | 'best' | null;
};

export type Item = PasswordItem | NoteItem | ApiSecretItem | FileItem;

export type ItemAccess = {
  users: Array<{
    /** Lower case. */
    username: string;
    role: 'owner' | 'editor' | 'viewer';
    reasons: AccessReason[];
  }>;
};

export type ItemPage = {
  items: Item[];
  /** Of all pages. */
  total: number;
  /** Cursor of the next page. */
  next: string | null;
};

export type NewApiSecret = {
  name: string;
  url: string;
  clientId: string;
  clientSecret?: string | null | undefined;
  /** Unique among the API secrets of an owner. */
  identifierCode?: string | null | undefined;
  tags?: string[] | null | undefined;
  notes?: string | null | undefined;
  /** How the secret is used, such as `client_credentials`. */
  method?: string | null | undefined;
};

export type NewFile = {
  name: string;
  /** Id of a whole upload, whose content this becomes. */
  upload: string;
  tags?: string[] | null | undefined;
  notes?: string | null | undefined;
};

export type NewNote = { name: string; note: string; tags?: string[] | null | undefined };

export type NewPassword = {
  name: string;
  username: string;
  password: string;
  url?: string | null | undefined;
  /** Seed of one-time codes: base32, or an `otpauth://totp/` URI. Read back as a URI. */
  totp?: string | null | undefined;
  notes?: string | null | undefined;
  tags?: string[] | null | undefined;
};

export type NoteItem = {
  kind: 'note';
  name: string;
  tags: string[];
  /** The secret fields that hold something. */
  filled: Array<'password' | 'totp' | 'notes' | 'note' | 'clientSecret' | 'content'>;
  /** Counts up within a kind, from 1. */
  number: number;
  /** Lower case. */
  owner: string;
  /** The best that the caller has. */
  role: 'owner' | 'editor' | 'viewer';
  /** What the caller, and his access key, may do with it. */
  may: { update: boolean; share: boolean; transfer: boolean };
  enabled: boolean;
  /** ISO 8601 in UTC, with milliseconds. */
  disabledAt: string | null;
  /** Counts changes of content. */
  version: number;
  /** Counts every change but last use; what `If-Match` compares. */
  revision: number;
  justificationRequired: boolean;
  approvalRequired: boolean;
  /** Running shares. */
  sharedWith: number;
  /** ISO 8601 in UTC, with milliseconds. */
  createdAt: string;
  /** ISO 8601 in UTC, with milliseconds. */
  updatedAt: string;
  /** ISO 8601 in UTC, with milliseconds. */
  lastUsedAt: string | null;
  /** Of a password; null for other kinds. */
  strength: 'pending' | 'undefined' | 'poor' | 'bad' | 'good' | 'best' | null;
};

export type PasswordItem = {
  kind: 'password';
  name: string;
  username: string;
  url: string;
  tags: string[];
  /** The secret fields that hold something. */
  filled: Array<'password' | 'totp' | 'notes' | 'note' | 'clientSecret' | 'content'>;
  /** Counts up within a kind, from 1. */
  number: number;
  /** Lower case. */
  owner: string;
  /** The best that the caller has. */
  role: 'owner' | 'editor' | 'viewer';
  /** What the caller, and his access key, may do with it. */
  may: { update: boolean; share: boolean; transfer: boolean };
  enabled: boolean;
  /** ISO 8601 in UTC, with milliseconds. */
  disabledAt: string | null;
  /** Counts changes of content. */
  version: number;
  /** Counts every change but last use; what `If-Match` compares. */
  revision: number;
  justificationRequired: boolean;
  approvalRequired: boolean;
  /** Running shares. */
  sharedWith: number;
  /** ISO 8601 in UTC, with milliseconds. */
  createdAt: string;
  /** ISO 8601 in UTC, with milliseconds. */
  updatedAt: string;
  /** ISO 8601 in UTC, with milliseconds. */
  lastUsedAt: string | null;
  /** Of a password; null for other kinds. */
  strength: 'pending' | 'undefined' | 'poor' | 'bad' | 'good' | 'best' | null;
};

/** With a user or with a group. */
export type Share = {
  /** Lower case. */
  user?: string | undefined;
  groupId?: number | undefined;
  /** Name of the group. */
  group?: string | undefined;
  /** Is it someone's private group? */
  private?: boolean | undefined;
  role: 'viewer' | 'editor';
  /** ISO 8601 in UTC, with milliseconds. */
  expiresAt: string | null;
};

export type ShareList = { shares: Share[] };

export type Version = {
  version: number;
  /** ISO 8601 in UTC, with milliseconds. */
  createdAt: string;
  /** Lower case. */
  author: string;
  fields: string[];
};

export type VersionPage = { versions: Version[]; next: number | null };

// Written by `npm run generate` from the operations of the server: change those, and run it again.

export type AccessKey = {
  id: number;
  clientId: string;
  /** Lower case. */
  owner: string;
  name: string;
  description: string;
  tags: string[];
  /** How it gets secrets: as they are, or encrypted to its own key pair. */
  encryption: 'none' | 'rsa-oaep' | 'jwe';
  /** IPv4 and IPv6 addresses, CIDR blocks, `*`. Empty: any. */
  addresses: string[];
  /** Origin and, if wanted, path of the pages that may use it. Empty: any. A habit of browsers, no boundary. */
  referers: string[];
  /** SHA-256 of the client certificate in hex, with or without colons. */
  fingerprint: string | null;
  /** The chosen items; null: all that its owner reaches. */
  items: Array<{
    /** The kind of an item. */
    kind: 'password' | 'note' | 'api-secret' | 'file';
    /** Counts up within a kind, from 1. */
    number: number;
  }> | null;
  readOnly: boolean;
  state: 'live' | 'held' | 'expired' | 'revoked';
  /** ISO 8601 in UTC, with milliseconds. */
  expiresAt: string | null;
  /** ISO 8601 in UTC, with milliseconds. */
  revokedAt: string | null;
  /** Set by a restore: the key works again once it is confirmed. */
  heldAt: string | null;
  /** ISO 8601 in UTC, with milliseconds. */
  createdAt: string;
  /** ISO 8601 in UTC, with milliseconds. */
  lastUsedAt: string | null;
  /** Tokens and calls, as of a minute ago. */
  uses: number;
  /** From where it was last used. */
  lastAddress: string | null;
};

export type AccessKeyPage = {
  accessKeys: AccessKey[];
  /** Cursor of the next page. */
  next: string | null;
};

export type AccessKeyReport = {
  accessKeys: ReportedAccessKey[];
  /** Cursor of the next page. */
  next: string | null;
};

export type ChangedAccessKey = {
  name?: string | undefined;
  description?: string | undefined;
  tags?: string[] | undefined;
  /** IPv4 and IPv6 addresses, CIDR blocks, `*`. Empty: any. */
  addresses?: string[] | undefined;
  /** Origin and, if wanted, path of the pages that may use it. Empty: any. A habit of browsers, no boundary. */
  referers?: string[] | undefined;
  /** SHA-256 of the client certificate in hex, with or without colons. */
  fingerprint?: string | null | undefined;
  /** The chosen items; null: all that its owner reaches. */
  items?:
    | Array<{
        /** The kind of an item. */
        kind: 'password' | 'note' | 'api-secret' | 'file';
        /** Counts up within a kind, from 1. */
        number: number;
      }>
    | null
    | undefined;
  readOnly?: boolean | undefined;
  /** In the future; null: works until it is revoked. */
  expiresAt?: string | null | undefined;
};

export type KeyCredentials = { id: number; clientId: string; clientSecret: string };

export type KeySimulation = {
  works: boolean;
  /** Everything that stands against it; empty when it works. */
  reasons: Array<{
    code:
      | 'key_revoked'
      | 'key_held'
      | 'key_expired'
      | 'owner_disabled'
      | 'address'
      | 'referer'
      | 'certificate'
      | 'closed_to_keys'
      | 'key_read_only'
      | 'item_not_chosen'
      | 'item_not_found'
      | 'no_access'
      | 'role_too_weak'
      | 'item_disabled'
      | 'justification_required'
      | 'approval_required';
    detail: string;
  }>;
};

export type NewAccessKey = {
  name: string;
  description?: string | undefined;
  tags?: string[] | undefined;
  /** IPv4 and IPv6 addresses, CIDR blocks, `*`. Empty: any. */
  addresses?: string[] | undefined;
  /** Origin and, if wanted, path of the pages that may use it. Empty: any. A habit of browsers, no boundary. */
  referers?: string[] | undefined;
  /** SHA-256 of the client certificate in hex, with or without colons. */
  fingerprint?: string | null | undefined;
  /** The chosen items; null: all that its owner reaches. */
  items?:
    | Array<{
        /** The kind of an item. */
        kind: 'password' | 'note' | 'api-secret' | 'file';
        /** Counts up within a kind, from 1. */
        number: number;
      }>
    | null
    | undefined;
  readOnly?: boolean | undefined;
  /** In the future; null: works until it is revoked. */
  expiresAt?: string | null | undefined;
  /** How it gets secrets: as they are, or encrypted to its own key pair. */
  encryption?: 'none' | 'rsa-oaep' | 'jwe' | undefined;
};

export type ReportedAccessKey = {
  id: number;
  clientId: string;
  /** Lower case. */
  owner: string;
  name: string;
  description: string;
  tags: string[];
  /** How it gets secrets: as they are, or encrypted to its own key pair. */
  encryption: 'none' | 'rsa-oaep' | 'jwe';
  /** IPv4 and IPv6 addresses, CIDR blocks, `*`. Empty: any. */
  addresses: string[];
  /** Origin and, if wanted, path of the pages that may use it. Empty: any. A habit of browsers, no boundary. */
  referers: string[];
  /** SHA-256 of the client certificate in hex, with or without colons. */
  fingerprint: string | null;
  /** The chosen items; null: all that its owner reaches. */
  items: Array<{
    /** The kind of an item. */
    kind: 'password' | 'note' | 'api-secret' | 'file';
    /** Counts up within a kind, from 1. */
    number: number;
  }> | null;
  readOnly: boolean;
  state: 'live' | 'held' | 'expired' | 'revoked';
  /** ISO 8601 in UTC, with milliseconds. */
  expiresAt: string | null;
  /** ISO 8601 in UTC, with milliseconds. */
  revokedAt: string | null;
  /** Set by a restore: the key works again once it is confirmed. */
  heldAt: string | null;
  /** ISO 8601 in UTC, with milliseconds. */
  createdAt: string;
  /** ISO 8601 in UTC, with milliseconds. */
  lastUsedAt: string | null;
  /** Tokens and calls, as of a minute ago. */
  uses: number;
  /** From where it was last used. */
  lastAddress: string | null;
  findings: Array<'never-used' | 'unused' | 'over-wide' | 'never-expires' | 'expires-soon' | 'owner-disabled'>;
};

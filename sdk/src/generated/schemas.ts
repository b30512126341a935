// Written by `npm run generate` from the operations of the server: change those, and run it again.

export type Changed = {
  /** False when it was so already. */
  changed: boolean;
};

export type ChangedOrProposed = {
  /** False when it was so already, or when it waits for another administrator. */
  changed: boolean;
  proposal: Proposal | null;
};

export type ChangedState = {
  /** False when it was so already. */
  changed: boolean;
  revision: number;
};

export type GroupMember = {
  /** Lower case. */
  username: string;
  enabled: boolean;
  /** ISO 8601 in UTC, with milliseconds. */
  addedAt: string;
};

/** What one administrator wishes and another one must confirm. */
export type Proposal = {
  id: number;
  /** What it asks for. */
  action:
    | 'user.set-password'
    | 'user.change'
    | 'user.enable'
    | 'user.disable'
    | 'user.remove-second-factor'
    | 'user.seize-items'
    | 'group.add-member'
    | 'group.enable';
  /** `ended`: nobody decided within 7 days, or whoever made it is no administrator any more. */
  state: 'waiting' | 'confirmed' | 'rejected' | 'ended';
  /** Lower case. */
  proposedBy: string;
  /** Whom it is about. */
  username: string | null;
  groupId: number | null;
  /** Name of the group. */
  group: string | null;
  /** Of `user.change`: what the user is to become. */
  role: 'admin' | 'member' | null;
  /** Of `user.seize-items`: who is to own the items. */
  heir: string | null;
  /** ISO 8601 in UTC, with milliseconds. */
  createdAt: string;
  /** ISO 8601 in UTC, with milliseconds. */
  endsAt: string;
  decidedBy: string | null;
  /** ISO 8601 in UTC, with milliseconds. */
  decidedAt: string | null;
};

export type Revealed = {
  /** The kind of an item. */
  kind: 'password' | 'note' | 'api-secret' | 'file';
  /** Counts up within a kind, from 1. */
  number: number;
  version: number;
  revision: number;
  /** The open fields of that version. */
  open: Record<string, unknown>;
  /** The fields asked for. Each is encrypted where the access key asks for it. */
  secrets: {
    /** Of a password. */
    password?: string | null | undefined;
    /** Of a password: an `otpauth://totp/` URI. */
    totp?: string | null | undefined;
    /** Of a password with a seed: the code of this moment. */
    code?: string | null | undefined;
    /** Of a password, an API secret or a file. */
    notes?: string | null | undefined;
    /** Of a note. */
    note?: string | null | undefined;
    /** Of an API secret. */
    clientSecret?: string | null | undefined;
  };
  /** How long the code is valid. */
  codeSecondsLeft: number | null;
};

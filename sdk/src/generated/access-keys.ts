// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Method, Pages, Read, Repeatable } from '../method.ts';
import type {
  AccessKey,
  AccessKeyPage,
  AccessKeyReport,
  ChangedAccessKey,
  KeyCredentials,
  KeySimulation,
  NewAccessKey,
} from './access-keys-schemas.ts';

export type AccessKeysApi = {
  /**
   * List access keys.
   * Your own, newest first, with their limits and use and never with their secret. Administrators may look at those of others. A page that `q` sifted may be short while `next` leads on.
   * By a session only.
   */
  list: Pages<
    {
      /** Administrators: `all`, or a username. Your own unless told. */
      owner?: string | undefined;
      /** Words that all occur in name, description, tags or client id. */
      q?: string | undefined;
      /** Any unless told. */
      state?: 'live' | 'held' | 'expired' | 'revoked' | undefined;
      /** At most so many; 50 unless told. */
      limit?: number | undefined;
      /** As `next` of the page before gave it. */
      cursor?: string | undefined;
    },
    AccessKeyPage,
    'accessKeys'
  >;

  /**
   * Add an access key.
   * An OAuth client that acts as you, within its limits and never beyond your own access. Needs a fresh proof, and the policy's leave. The answer shows its credentials; a private key is downloaded by `…/private-key`.
   * By a session only.
   */
  add: Method<NewAccessKey, KeyCredentials, Repeatable, 201>;

  /**
   * Read an access key.
   * Its limits and use, never its secret. For its owner and administrators.
   * By a session only.
   */
  read: Read<{ id: number }, AccessKey>;

  /**
   * Change an access key.
   * What is absent stays; credentials and encryption always do. Counts for the very next call, of tokens that were given before too. Needs a fresh proof.
   * By a session only.
   */
  change: Method<{ id: number } & ChangedAccessKey, AccessKey>;

  /**
   * Clone an access key.
   * The same limits, new credentials, "(Copy)" after its name, and no end. Needs a fresh proof.
   * By a session only.
   */
  clone: Method<{ id: number }, KeyCredentials, Repeatable, 201>;

  /**
   * Revoke an access key.
   * Ends it and all its tokens at once and for good. For its owner and administrators.
   * By a session only.
   */
  revoke: Method<
    { id: number },
    {
      /** False when it was revoked already. */
      changed: boolean;
    },
    Repeatable
  >;

  /**
   * Revoke the access key that calls.
   * Ends the key whose token is sent, and all its tokens, at once and for good. No session has one.
   */
  endOwn: Method<Record<string, never>, null, unknown, 204>;

  /**
   * Confirm an access key that a restore holds.
   * After a restore no key works until it is confirmed: it may have been revoked since the backup. For its owner, with a fresh proof.
   * By a session only.
   */
  confirm: Method<
    { id: number },
    {
      /** False when it was not held. */
      changed: boolean;
    },
    Repeatable
  >;

  /**
   * View the secret of an access key again.
   * Recorded before the answer leaves. For its owner alone, with a fresh proof.
   * By a session only.
   */
  viewSecret: Method<{ id: number }, KeyCredentials>;

  /**
   * Download the private key of an access key.
   * The unencrypted PKCS#8 PEM that opens its encrypted answers, as a file. Recorded before the answer leaves. For its owner alone, with a fresh proof.
   * By a session only.
   */
  viewPrivateKey: Method<{ id: number }, string>;

  /**
   * Access keys that deserve a look.
   * Live keys that were never or long not used, that reach everything from everywhere, that never end or end within 14 days, or whose owner is disabled. Newest first; a page may be short while `next` leads on.
   * By a session only.
   */
  report: Pages<
    {
      /** Administrators: `all`, or a username. Your own unless told. */
      owner?: string | undefined;
      /** Days without use that count as unused; 90 unless told. */
      days?: number | undefined;
      /** Keys with this finding alone. */
      finding?: 'never-used' | 'unused' | 'over-wide' | 'never-expires' | 'expires-soon' | 'owner-disabled' | undefined;
      /** At most so many; 50 unless told. */
      limit?: number | undefined;
      /** As `next` of the page before gave it. */
      cursor?: string | undefined;
    },
    AccessKeyReport,
    'accessKeys'
  >;

  /**
   * Would this access key work?
   * From there, with this certificate, for this item and action, now; and if not, every reason why, in the order in which a call would meet them. Does nothing and records nothing.
   * By a session only.
   */
  simulate: Method<
    {
      id: number;
      /** Your own address unless told. */
      address?: string | undefined;
      /** None unless told. */
      referer?: string | undefined;
      /** SHA-256 of the client certificate in hex; none unless told. */
      fingerprint?: string | undefined;
      item?:
        | {
            /** The kind of an item. */
            kind: 'password' | 'note' | 'api-secret' | 'file';
            /** Counts up within a kind, from 1. */
            number: number;
          }
        | undefined;
      /** `reveal` unless told, where there is an item. `create` and `list` are on no item. */
      action?:
        | 'create'
        | 'list'
        | 'read'
        | 'reveal'
        | 'update'
        | 'share'
        | 'disable'
        | 'enable'
        | 'transfer'
        | 'list-access'
        | 'list-versions'
        | 'reveal-version'
        | 'restore-version'
        | undefined;
      /** Will the call give a reason? No unless told. */
      withJustification?: boolean | undefined;
    },
    KeySimulation
  >;
};

import type { Keyring } from '../crypto/keyring.ts';
import type { AuditChain } from './audit-chain.ts';
import type { RowChange } from './changed-rows.ts';
import type { Connection } from './connection.ts';

/**
 * What a reading storage function needs, its required first argument. `memo` holds what this very transaction has read
 * and nobody can have changed since: it is emptied before a change of users or access keys and when an action is rolled
 * back.
 */
export type ReadTx = {
  readonly on: Connection;
  readonly ring: Keyring;
  readonly memo: Map<string, unknown>;
  /** In an action that may write: the MAC of each row of authority as it was last read, by name. */
  readonly found?: Map<string, Uint8Array>;
};

/**
 * One action's share of a batch. Writing goes through `writing`, which takes the action's savepoint before its first
 * change, so that an action that only reads and records costs none.
 */
export type Tx = ReadTx & {
  readonly chain: AuditChain;
  /** The rows of authority that this action has changed, by name: its entry tells what became of them. */
  readonly changes: Map<string, RowChange>;
  /** The connection, with a savepoint behind which this action alone can be rolled back. */
  writing(): Connection | Promise<Connection>;
};

import type { Keyring } from '../crypto/keyring.ts';
import type { AuditChain } from './audit-chain.ts';
import type { Connection } from './connection.ts';

/** What a reading storage function needs, its required first argument. */
export type ReadTx = { readonly on: Connection; readonly ring: Keyring };

/**
 * One action's share of a batch. Writing goes through `write`, which takes the action's savepoint before its first
 * change, so that an action that only reads and records costs none.
 */
export type Tx = ReadTx & {
  readonly chain: AuditChain;
  /** The connection, with a savepoint behind which this action alone can be rolled back. */
  writing(): Connection | Promise<Connection>;
};

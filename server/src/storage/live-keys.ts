import { WrongRootKey } from '../crypto/keyring.ts';
import type { LiveKeyring } from '../crypto/live-keyring.ts';
import { type Connection, StoreFault } from './connection.ts';
import { findSafe } from './safe-keys.ts';
import { statement } from './statement.ts';
import type { Tx } from './transaction.ts';

// Any number that other programs on the same database are unlikely to lock.
const keysLock = 7_717_002;

/**
 * Begins a transaction that may write. On PostgreSQL it shares a lock that a change of the safe's keys takes alone: no
 * transaction of any node writes under keys that were replaced before it began.
 */
export async function beginWriting(on: Connection): Promise<void> {
  await on.exec(on.engine === 'sqlite' ? 'begin immediate' : `begin; select pg_advisory_xact_lock_shared(${keysLock})`);
}

/** Keeps every other writing transaction, of any node, from running beside this one. */
export async function holdKeys(tx: Tx): Promise<void> {
  if (tx.on.engine === 'postgres') await tx.on.all('select pg_advisory_xact_lock($1)', [keysLock]);
}

/** Takes over the safe's keys if any process has changed them. Throws a StoreFault when they cannot be opened here. */
export async function refreshKeys(on: Connection, keys: LiveKeyring): Promise<void> {
  const stored = await revision.first(on, {});
  if (!stored || stored.keys_revision === keys.revision) return;
  const safe = await findSafe(on);
  if (!safe) return;
  try {
    keys.take(safe.keysRevision, safe.keys);
  } catch (thrown) {
    if (!(thrown instanceof WrongRootKey)) throw thrown;
    throw new StoreFault('unreachable', 'root key changed: start this process again with the new one', thrown);
  }
}

const revision = statement((db) => db.selectFrom('safe').select('keys_revision'));

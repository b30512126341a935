import type { Connection } from './client.ts';

// Beside the client, not in it: nothing that prints a client finds its credentials.
const connections = new WeakMap<object, Connection>();

export function remember(client: object, connection: Connection): void {
  connections.set(client, connection);
}

/** The connection of a client. Throws TypeError for what is none. */
export function connectionOf(client: object): Connection {
  const connection = connections.get(client);
  if (connection === undefined) throw new TypeError('this is no client of a safe');
  return connection;
}

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP line to a server that a test can cut, silence and mend. */
export type WeakLine = {
  /** The URL of the server, by way of this line. */
  url: string;
  /** Cuts every connection, and refuses new ones until it is mended. */
  cut(): void;
  /** Passes on nothing more, in either direction, but leaves everything open: as if a cable were pulled. */
  silence(): void;
  /** New connections work again; silenced ones stay silent. */
  mend(): void;
  close(): Promise<void>;
};

export async function weakLineTo(url: string): Promise<WeakLine> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let state: 'whole' | 'cut' | 'silent' = 'whole';
  const server = createServer((near) => {
    sockets.add(near);
    near.on('error', () => near.destroy()).on('close', () => sockets.delete(near));
    if (state === 'cut') {
      near.destroy();
      return;
    }
    if (state === 'silent') return;
    const far = connect(Number(target.port), target.hostname);
    sockets.add(far);
    far.on('error', () => far.destroy()).on('close', () => sockets.delete(far));
    near.pipe(far);
    far.pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(address.port);
  const destroyAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: through.href,
    cut() {
      state = 'cut';
      destroyAll();
    },
    silence() {
      state = 'silent';
      for (const socket of sockets) socket.unpipe().pause();
    },
    mend() {
      state = 'whole';
    },
    async close() {
      destroyAll();
      server.close();
      await once(server, 'close');
    },
  };
}

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A TCP line to a server that a test can cut, silence and mend. */
export type WeakLine = {
  /** The URL of the server, by way of this line. */
  url: string;
  /** Cuts every connection, and refuses new ones until it is mended. */
  cut(): void;
  /** Passes on nothing more, in either direction, but leaves everything open: as if a cable were pulled. */
  silence(): void;
  /** Passes everything on, each piece so many milliseconds late in either direction. */
  slow(milliseconds: number): void;
  /** New connections work again; silenced ones stay silent. */
  mend(): void;
  close(): Promise<void>;
};

export async function weakLineTo(url: string): Promise<WeakLine> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let delay = 0;
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
    passOn(near, far, () => delay);
    passOn(far, near, () => delay);
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
      for (const socket of sockets) socket.removeAllListeners('data').pause();
    },
    slow(milliseconds) {
      delay = milliseconds;
    },
    mend() {
      delay = 0;
      state = 'whole';
    },
    async close() {
      destroyAll();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Piece after piece, so that none overtakes another when the delay ends. */
function passOn(from: Socket, to: Socket, delay: () => number): void {
  let last: Promise<unknown> = Promise.resolve();
  from.on('data', (piece) => {
    last = Promise.all([last, delay() === 0 ? null : sleep(delay())]).then(() => void to.write(piece));
  });
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Settings } from '../settings.ts';
import type { Operator } from './operate.ts';
import { serverAnswers, throughSocket } from './through-socket.ts';

export type Reached = { operator: Operator; close(): Promise<void> };

export type Reaching = {
  /** The operator's account on the host, for the audit. */
  name: string;
  /** Takes what the store has to say beneath a refusal, line by line. */
  say: (line: string) => void;
  /** Whether an empty store may become a new safe: a command that is not meant to make one must not make a second. */
  mayMake: boolean;
};

const patience = 10_000;

/**
 * Reaches the safe of these settings: through the socket of a server that runs on the same data folder, else by opening
 * the store here. Waits up to ten seconds while another process is starting, stopping or running a command of its own.
 * Throws what opening throws.
 */
export async function reachSafe(settings: Settings, { name, say, mayMake }: Reaching): Promise<Reached> {
  const until = performance.now() + patience;
  for (;;) {
    if (await serverAnswers(settings.dataDir)) {
      return { operator: throughSocket(settings.dataDir, name), close: async () => undefined };
    }
    // Most of the server's code: read only when no server is there to do the work.
    const { commandLog, FolderInUse, openSafe, operate } = await import('./open-here.ts');
    try {
      const { safe, close } = await openSafe(settings, { log: commandLog(say), mayMake });
      return { operator: operate(safe, name), close };
    } catch (thrown) {
      if (!(thrown instanceof FolderInUse) || performance.now() > until) throw thrown;
      await sleep(100);
    }
  }
}

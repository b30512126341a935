import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Operator } from '../src/admin/operate.ts';
import { throughSocket } from '../src/admin/through-socket.ts';

/** What `npm run build` makes, and the tests before they begin. */
const command = join(import.meta.dirname, '../../cli/dist/arca.js');

export type ChildServer = {
  url: string;
  process: ChildProcess;
  operator: Operator;
  /** Lines of its log so far. */
  log(): string;
  /** Ends it without a warning, and waits until it is gone. */
  kill(): Promise<void>;
  /** Tells it to stop, and gives its exit code. */
  stop(): Promise<number | null>;
};

/**
 * Starts `arca serve` as it is built, in a process of its own, with these settings and no others. `through` is a command before it, such as
 * a shell that sets limits. Fails with what the server said when it does not open.
 */
export async function startChildServer(
  environment: Record<string, string>,
  through: readonly string[] = [],
): Promise<ChildServer> {
  const [program = '', ...words] = [...through, process.execPath, command, 'serve'];
  const env = { PATH: process.env.PATH, ARCA_PORT: '0', ...environment };
  const child = spawn(program, words, {
    env,
    cwd: dirname(environment.ARCA_DATA_DIR ?? ''),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (piece) => {
    log += piece;
  });
  const gone = once(child, 'exit');
  const opened = new Promise<string>((resolve) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      said += `${line}\n`;
      const [, url] = /^Arca is open at (\S+)$/.exec(line) ?? [];
      if (url) resolve(url);
    });
  });
  const url = await Promise.race([opened, gone.then(() => null)]);
  if (url === null) throw new Error(said);
  return {
    url,
    process: child,
    operator: throughSocket(environment.ARCA_DATA_DIR ?? '', 'tester'),
    log: () => log,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      child.kill('SIGTERM');
      const [code] = (await gone) as [number | null];
      return code;
    },
  };
}

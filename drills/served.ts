import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Operator } from '../server/src/admin/operate.ts';
import { throughSocket } from '../server/src/admin/through-socket.ts';

/** `arca serve` in a process of its own, as an operator runs it. */
export type Served = {
  url: string;
  pid: number;
  operator: Operator;
  /** Milliseconds from the start of the process to its first yes on /readyz, and processor time of it until then. */
  readyAfter: { wall: number; processor: number };
  /** Lines of its log above the level of a warning. */
  errors(): string[];
  /** Ends it without a warning, and waits until it is gone. */
  kill(): Promise<void>;
  /** Tells it to stop, and gives its exit code. */
  stop(): Promise<number | null>;
};

/** It ended, or was not ready in time; the message has its last words. */
export class NotServed extends Error {
  override name = 'NotServed';
}

const command = join(import.meta.dirname, '..', 'cli', 'dist', 'arca.js');
/** A server that is not ready by then has failed, however slow the machine is. */
const patience = 120_000;

/** Starts it with these settings and no others; `through` is a command before it, such as a shell that sets limits. */
export async function serve(environment: Record<string, string>, through: readonly string[] = []): Promise<Served> {
  const { child, gone, told, errors } = launch(environment, through);
  const began = performance.now();
  let said = '';
  const opened = new Promise<string>((resolve) => {
    told((line) => {
      said = `${said}${line}\n`.slice(-4000);
      const [, url] = /^Arca is open at (\S+)$/.exec(line) ?? [];
      if (url) resolve(url);
    });
  });
  const url = await Promise.race([opened, gone.then(() => null), sleep(patience, null, { ref: false })]);
  if (url === null) throw new NotServed(`the server did not open:\n${said}`);
  for (;;) {
    const { status } = await fetch(`${url}/readyz`);
    if (status === 200) break;
    if (performance.now() - began > patience) throw new NotServed('the server did not become ready');
    await sleep(10);
  }
  const readyAfter = { wall: performance.now() - began, processor: processorTime(child.pid) };
  return {
    url,
    pid: child.pid ?? 0,
    operator: throughSocket(environment.ARCA_DATA_DIR ?? '', 'drill'),
    readyAfter,
    errors: () => errors,
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

/** Starts it and kills it again after so many milliseconds, whatever it has come to by then. */
export async function serveBriefly(environment: Record<string, string>, milliseconds: number): Promise<void> {
  const { child, gone } = launch(environment, []);
  await sleep(milliseconds);
  child.kill('SIGKILL');
  await gone;
}

function launch(environment: Record<string, string>, through: readonly string[]) {
  const [program = '', ...words] = [...through, process.execPath, command, 'serve'];
  const env = { PATH: process.env.PATH, ARCA_PORT: '0', ...environment };
  const cwd = dirname(environment.ARCA_DATA_DIR ?? '');
  const child = spawn(program, words, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = once(child, 'exit');
  endWith(child, gone);
  const errors: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (/"level":"(error|fatal)"/.test(line)) errors.push(line);
  });
  const lines = createInterface({ input: child.stderr });
  return { child, gone, errors, told: (listen: (line: string) => void) => void lines.on('line', listen) };
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A drill that ends leaves no server behind. */
function endWith(child: ChildProcess, gone: Promise<unknown>): void {
  running.add(child);
  void gone.then(() => running.delete(child));
}

/** Milliseconds of processor time that a process has used, or NaN where the system does not tell. */
function processorTime(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html : fields 14 and 15, in hundredths of a second.
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}

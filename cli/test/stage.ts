import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

export type Ended = { stdout: string; stderr: string; exitCode: number };

/** What `npm run build` makes, and the tests before they begin. */
export const builtCommand = join(import.meta.dirname, '../dist/arca.js');

/** A folder of its own, in which a shell finds the real `arca`, and at most one server that runs there. */
export type Stage = {
  folder: string;
  set(name: string, value: string): void;
  run(command: string): Promise<Ended>;
  /** Starts a server and waits until it is open; what it says is told by its end, unless it comes at once. */
  start(): Promise<Ended>;
  /** Ends the server with a signal, and tells all that it said. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<Ended>;
  close(): Promise<void>;
};

/** What still runs when `late` is aborted is killed, and the failure tells what it was. */
export async function openStage(late: AbortSignal): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'arca-stage-'));
  const tools = join(folder, '.bin');
  await mkdir(tools);
  symlinkSync(builtCommand, join(tools, 'arca'));
  const env: NodeJS.ProcessEnv = {
    PATH: [tools, dirname(process.execPath), process.env.PATH].join(delimiter),
    TMPDIR: folder,
    HOME: join(folder, '.home'),
    LC_ALL: 'C.UTF-8',
    ARCA_PORT: '0',
    ARCA_LOG_LEVEL: 'error',
  };
  let server: { child: ChildProcess; read(): Ended } | null = null;

  return {
    folder,
    set(name, value) {
      env[name] = value;
    },
    run: (command) =>
      runToEnd(spawn('bash', ['--norc', '-c', command], { cwd: folder, env: { ...env } }), command, late),
    async start() {
      const child = spawn(process.execPath, [builtCommand, 'serve'], { cwd: folder, env: { ...env } });
      const read = collect(child);
      server = { child, read };
      endWith(late, child);
      const url = await new Promise<string | undefined>((resolve) => {
        child.stderr.on('data', () => {
          const found = /^Arca is open at (\S+)$/m.exec(read().stderr)?.[1];
          if (found) resolve(found);
        });
        child.once('close', () => resolve(undefined));
      });
      env.SAFE = url;
      mustBeInTime(late, 'the start of the server', read());
      return url ? { stdout: '', stderr: '', exitCode: 0 } : { ...read(), exitCode: child.exitCode ?? 0 };
    },
    async end(signal) {
      if (!server) throw new Error('there is no server to end');
      const { child, read } = server;
      server = null;
      if (child.exitCode === null) {
        child.kill(signal);
        await once(child, 'close');
      }
      mustBeInTime(late, 'the server', read());
      return { ...read(), exitCode: child.exitCode ?? 0 };
    },
    async close() {
      server?.child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function runToEnd(child: ChildProcess, command: string, late: AbortSignal): Promise<Ended> {
  const read = collect(child);
  endWith(late, child);
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  mustBeInTime(late, command, read());
  if (signal !== null) throw new Error(`the command was ended by ${signal}`);
  return { ...read(), exitCode: code ?? 0 };
}

function endWith(late: AbortSignal, child: ChildProcess): void {
  const kill = () => {
    child.kill('SIGKILL');
    // What it has started may hold them open for good.
    child.stdout?.destroy();
    child.stderr?.destroy();
  };
  if (late.aborted) kill();
  else late.addEventListener('abort', kill, { once: true });
  child.once('close', () => late.removeEventListener('abort', kill));
}

function mustBeInTime(late: AbortSignal, what: string, { stdout, stderr }: Ended): void {
  if (late.aborted) throw new Error(`${what}: still at it when the time was up\n${stdout}\n${stderr}`);
}

function collect(child: ChildProcess): () => Ended {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin?.end();
  return () => ({ stdout, stderr, exitCode: 0 });
}

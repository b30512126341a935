// Every server that is measured is a process of its own, so that none shares a thread or a heap with another.

import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export type Child = {
  url: string;
  /** Bytes of memory that are resident now, or null where the system does not tell. */
  resident(): number | null;
  /** Processor time used so far in microseconds, or null where the system does not tell. */
  processorTime(): number | null;
  stop(): Promise<void>;
};

export type ChildPlan = {
  /** A file of this folder. */
  file: string;
  arguments?: readonly string[];
  environment?: Record<string, string>;
  /** File that takes what the process writes on standard output and error, as a service manager's would. */
  log: string;
};

/** Starts a server and waits until it told where it listens. */
export async function startChild(plan: ChildPlan): Promise<Child> {
  const child = launch(plan);
  const url = await firstMessage(child, plan);
  return watched(child, url as string, plan.file);
}

/**
 * Starts the safe as `npm start` does and waits until it is open. `log` takes what it writes; `profile` is a folder for
 * its CPU profile.
 */
export async function startSafe(
  environment: Record<string, string>,
  log: string,
  profile: string | null,
): Promise<Child> {
  const out = openSync(log, 'a', 0o600);
  const command = join(import.meta.dirname, '..', 'cli', 'dist', 'arca.js');
  const profiling = profile
    ? ['--cpu-prof', `--cpu-prof-dir=${profile}`, `--cpu-prof-name=safe-${Date.now()}.cpuprofile`]
    : [];
  const child = spawn(process.execPath, [...profiling, command, 'serve'], {
    env: { ...withoutSettings(), ...environment },
    stdio: ['ignore', out, 'pipe'],
  });
  closeSync(out);
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  const stderr = child.stderr as Readable;
  let said = '';
  for await (const line of createInterface({ input: stderr })) {
    said += `${line}\n`;
    const url = /^Arca is open at (\S+)$/.exec(line)?.[1];
    if (url) {
      stderr.resume();
      return watched(child, url, 'the safe');
    }
  }
  throw new Error(`the safe ended before it was open:\n${said.slice(-2000)}`);
}

function watched(child: ChildProcess, url: string, name: string): Child {
  return {
    url,
    resident: () => residentOf(child.pid),
    processorTime: () => processorTimeOf(child.pid),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
      if (child.exitCode !== 0) throw new Error(`${name} ended with ${child.exitCode ?? child.signalCode}`);
    },
  };
}

/** Runs a process that does its work, tells one value and ends. */
export async function runChild(plan: ChildPlan): Promise<unknown> {
  const child = launch(plan);
  const value = await firstMessage(child, plan);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return value;
}

function launch({ file, arguments: texts = [], environment = {}, log }: ChildPlan): ChildProcess {
  const out = openSync(log, 'a', 0o600);
  const child = fork(join(import.meta.dirname, file), texts, {
    env: { ...withoutSettings(), ...environment },
    stdio: ['ignore', out, out, 'ipc'],
  });
  closeSync(out);
  return child;
}

function withoutSettings(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ARCA_')));
}

async function firstMessage(child: ChildProcess, { file, log }: ChildPlan): Promise<unknown> {
  const told = await Promise.race([
    once(child, 'message').then(([message]) => ({ message })),
    once(child, 'exit').then(() => null),
  ]);
  if (told) return told.message;
  throw new Error(`${file} ended before it was ready:\n${readFileSync(log, 'utf8').slice(-2000)}`);
}

function residentOf(pid: number | undefined): number | null {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}

/** From /proc: user and system time are the 14th and 15th field, in hundredths of a second (proc(5)). */
function processorTimeOf(pid: number | undefined): number | null {
  try {
    // The second field, the name in parentheses, may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  } catch {
    return null;
  }
}

// Every server that is measured is a process of its own, so that none shares a thread or a heap with another.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

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
  /** Folder for its CPU profile. */
  profile?: string | null;
};

/** Starts a server and waits until it told where it listens. */
export async function startChild(plan: ChildPlan): Promise<Child> {
  const child = launch(plan);
  const url = await firstMessage(child, plan);
  return {
    url: url as string,
    resident: () => residentOf(child.pid),
    processorTime: () => processorTimeOf(child.pid),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
      if (child.exitCode !== 0) throw new Error(`${plan.file} ended with ${child.exitCode ?? child.signalCode}`);
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

function launch({ file, arguments: texts = [], environment = {}, log, profile }: ChildPlan): ChildProcess {
  const out = openSync(log, 'a', 0o600);
  const cleared = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ARCA_')));
  const child = fork(join(import.meta.dirname, file), texts, {
    execArgv: profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`, `--cpu-prof-name=${nameOf(file)}`] : [],
    env: { ...cleared, ...environment },
    stdio: ['ignore', out, out, 'ipc'],
  });
  closeSync(out);
  return child;
}

function nameOf(file: string): string {
  return `${basename(file, '.ts')}-${Date.now()}.cpuprofile`;
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

import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Writable } from 'node:stream';
import { ChildEnded, Problem } from '../problem.ts';
import { ownOutputs } from '../terminal.ts';
import { environmentOfChild } from './environment.ts';
import { maskOf } from './mask.ts';

const passedOn = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR2', 'SIGCONT'] as const;
// A terminal sends these to the child as well; sent on, they would come twice.
const fromTerminal: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT']);

/** Runs a program with more in its environment, and ends as it ends: always throws, ChildEnded with its exit code or a Problem. */
export async function runChild(
  [file = '', ...args]: readonly string[],
  more: Readonly<Record<string, string>>,
  masked: readonly string[] | null,
): Promise<never> {
  const output = masked === null ? 'inherit' : 'pipe';
  const child = spawn(file, args, { env: environmentOfChild(more), stdio: ['inherit', output, output] });
  const onTerminal = ownOutputs.some(({ isTTY }) => isTTY) || process.stdin.isTTY === true;
  const listeners = passedOn.map((signal) => {
    const listener = () => void (onTerminal && fromTerminal.has(signal) ? null : child.kill(signal));
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  try {
    if (masked !== null) {
      for (const [at, from] of [child.stdout, child.stderr].entries()) {
        const to: Writable | undefined = ownOutputs[at];
        if (to === undefined || from === null) continue;
        from.pipe(maskOf(masked)).pipe(to, { end: false });
        // When nobody reads on, the program is to see it, too.
        to.once('error', () => from.destroy());
      }
    }
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
    });
    throw new ChildEnded(code);
  } catch (thrown) {
    if (thrown instanceof ChildEnded) throw thrown;
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new ChildEnded(127, `There is no program ${file}.`);
    if (code === 'EACCES') throw new ChildEnded(126, `${file} is no program that this account may run.`);
    throw new Problem('refused', `${file} could not be started (${code ?? 'no reason was given'}).`);
  } finally {
    for (const stop of listeners) stop();
  }
}

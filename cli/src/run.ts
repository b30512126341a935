import { CommanderError } from 'commander';
import { ChildEnded, exitCodes, Problem } from './problem.ts';
import { makeProgram } from './program.ts';
import { say } from './terminal.ts';

/** Runs one command line and gives the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    await makeProgram().parseAsync(args, { from: 'user' });
    return exitCodes.ok;
  } catch (thrown) {
    if (thrown instanceof Problem) {
      if (thrown.message !== '') say(`arca: ${thrown.message}`);
      return exitCodes[thrown.ending];
    }
    if (thrown instanceof ChildEnded) {
      if (thrown.message !== '') say(`arca: ${thrown.message}`);
      return thrown.exitCode;
    }
    // It has said what was wrong, or given the help or the version that was asked for.
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    say(
      `arca: something unforeseen went wrong; this is a fault of Arca.\n${thrown instanceof Error ? thrown.stack : thrown}`,
    );
    return exitCodes.refused;
  }
}

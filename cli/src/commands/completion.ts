import { Argument, Command } from 'commander';
import { type Shell, scriptFor, shells } from '../completion-script.ts';
import { example } from '../example.ts';
import { write } from '../terminal.ts';

export function completion(): Command {
  return new Command('completion')
    .description('Print what makes a shell complete this command line.')
    .addArgument(new Argument('<shell>', 'which one').choices(shells))
    .addHelpText(
      'after',
      example('source <(arca completion bash)', 'arca completion fish > ~/.config/fish/completions/arca.fish'),
    )
    .action((shell: Shell, _options: unknown, self: Command) => write(scriptFor(shell, self.parent ?? self)));
}

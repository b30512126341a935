import { Command } from 'commander';
import type { Kind } from '../../../../sdk/src/arca.ts';
import { withArca } from '../../client/connect.ts';
import { findItem } from '../../client/find-item.ts';
import { foundBy, kinds } from '../../client/kinds.ts';
import { example } from '../../example.ts';
import { say, writeJson } from '../../terminal.ts';

export function itemsDisable(kind: Kind): Command {
  return switching(
    kind,
    'disable',
    `Disable a ${kinds[kind].one}: nobody reveals or changes it until it is enabled again.`,
  );
}

export function itemsEnable(kind: Kind): Command {
  return switching(kind, 'enable', `Enable a ${kinds[kind].one} again.`);
}

function switching(kind: Kind, verb: 'disable' | 'enable', about: string): Command {
  return new Command(verb)
    .description(about)
    .argument('<item>', foundBy(kind))
    .option('--json', 'print whether it was changed, and its revision, as one line of JSON')
    .addHelpText('after', example(`arca ${kind} ${verb} 12`))
    .action((typed: string, { json }: { json?: boolean }) =>
      withArca(async (arca) => {
        const { number, name } = await findItem(arca, kind, typed, verb === 'disable' ? 'enabled' : 'disabled');
        const { changed, revision } = await arca.items[verb]({ kind, number });
        if (json) return writeJson({ kind, number, changed, revision });
        say(
          changed
            ? `${verb === 'disable' ? 'Disabled' : 'Enabled'} ${kind} ${number} (${name}).`
            : `It is ${verb}d already.`,
        );
        return undefined;
      }),
    );
}

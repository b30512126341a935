import { Command, InvalidArgumentError, Option } from 'commander';
import type { Kind } from '../../../../sdk/src/arca.ts';
import { withArca } from '../../client/connect.ts';
import { findItem, isNumber } from '../../client/find-item.ts';
import { foundBy, kinds } from '../../client/kinds.ts';
import { example } from '../../example.ts';
import { given } from '../../given.ts';
import { Problem } from '../../problem.ts';
import { say, writeJson } from '../../terminal.ts';

type Options = { user?: string; group?: number; role: 'viewer' | 'editor'; until?: string; json?: boolean };

export function itemsShare(kind: Kind): Command {
  return withTarget(
    new Command('share'),
    kind,
    `Share a ${kinds[kind].one} with a user or a group, or change how it is shared.`,
  )
    .addOption(new Option('--role <role>', 'what they may do with it').choices(['viewer', 'editor']).default('viewer'))
    .option('--until <time>', 'when the share ends by itself, such as 2030-01-31T12:00:00Z')
    .addHelpText('after', example(`arca ${kind} share 12 --user bruno --role editor`))
    .action((typed: string, { user, group, role, until, json }: Options) =>
      withArca(async (arca) => {
        const share = { role, ...given({ expiresAt: until }) };
        const target = targetOf(user, group);
        const { number } = await findItem(arca, kind, typed, 'enabled');
        const one = { kind, number, ...share };
        const { changed, revision } = await ('username' in target
          ? arca.items.shareWithUser({ ...one, ...target })
          : arca.items.shareWithGroup({ ...one, ...target }));
        if (json) return writeJson({ kind, number, changed, revision });
        say(changed ? `Shared ${kind} ${number}.` : 'It is shared so already.');
        return undefined;
      }),
    );
}

export function itemsUnshare(kind: Kind): Command {
  return withTarget(new Command('unshare'), kind, `End the share of a ${kinds[kind].one} with a user or a group.`)
    .addHelpText('after', example(`arca ${kind} unshare 12 --user bruno`))
    .action((typed: string, { user, group, json }: Options) =>
      withArca(async (arca) => {
        const target = targetOf(user, group);
        const { number } = await findItem(arca, kind, typed, 'enabled');
        const { changed, revision } = await ('username' in target
          ? arca.items.unshareWithUser({ kind, number, ...target })
          : arca.items.unshareWithGroup({ kind, number, ...target }));
        if (json) return writeJson({ kind, number, changed, revision });
        say(`Ended the share of ${kind} ${number}.`);
        return undefined;
      }),
    );
}

function withTarget(command: Command, kind: Kind, about: string): Command {
  return command
    .description(about)
    .argument('<item>', foundBy(kind))
    .addOption(new Option('--user <username>', 'with this user').conflicts('group'))
    .option('--group <id>', 'with the group of this id, which its page shows', readId)
    .option('--json', 'print whether it was changed, and its revision, as one line of JSON');
}

function targetOf(user: string | undefined, groupId: number | undefined): { username: string } | { groupId: number } {
  if (user !== undefined) return { username: user };
  if (groupId === undefined) throw new Problem('usage', 'Tell with whom: --user or --group.');
  return { groupId };
}

function readId(text: string): number {
  if (!isNumber(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

import { Command, InvalidArgumentError, Option } from 'commander';
import type { Item, Kind } from '../../../../sdk/src/arca.ts';
import { withArca } from '../../client/connect.ts';
import { kinds, openText } from '../../client/kinds.ts';
import { example } from '../../example.ts';
import { given } from '../../given.ts';
import { writeJson, writeTable } from '../../terminal.ts';

type Options = { tag?: string; owner?: string; state: 'enabled' | 'disabled' | 'all'; limit: number; json?: boolean };

const most = 10_000;

export function itemsList(kind: Kind): Command {
  const { many, open } = kinds[kind];
  return new Command('list')
    .description(`List the ${many} that you may see, by name and without their secrets.`)
    .argument('[words...]', 'only those in whose open fields all of these words occur')
    .option('--tag <tag>', 'only those with this tag')
    .option('--owner <username>', "only this user's, or: me, others")
    .addOption(
      new Option('--state <state>', 'only those in this state')
        .choices(['enabled', 'disabled', 'all'])
        .default('enabled'),
    )
    .option('--limit <number>', 'so many at the most', readLimit, 1000)
    .option('--json', 'print them as one line of JSON')
    .addHelpText('after', example(`arca ${kind} list --tag work`))
    .action(async (words: string[], { tag, owner, state, limit, json }: Options) => {
      const q = words.length === 0 ? undefined : words.join(' ');
      const wish = { kind, state, limit: Math.min(limit, 200), ...given({ q, tag, owner }) };
      const items = await withArca(async (arca) => {
        const found: Item[] = [];
        for await (const item of arca.items.list.all(wish)) if (found.push(item) >= limit) break;
        return found;
      });
      if (json) return writeJson(items);
      const rows = items.map((item) => [
        String(item.number),
        ...open.map((field) => openText(item, field)),
        item.enabled ? 'enabled' : 'disabled',
      ]);
      return writeTable(['NUMBER', ...open.map(heading), 'STATE'], rows);
    });
}

/** `identifierCode` as `IDENTIFIER CODE`. */
function heading(field: string): string {
  return field.replace(/[A-Z]/g, ' $&').toUpperCase();
}

function readLimit(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) < 1 || Number(text) > most) {
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${most}.`);
  }
  return Number(text);
}

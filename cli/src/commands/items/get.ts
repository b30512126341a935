import { Command, Option } from 'commander';
import type { Arca, Item } from '../../../../sdk/src/arca.ts';
import { withArca } from '../../client/connect.ts';
import { findItem } from '../../client/find-item.ts';
import { type FieldKind, foundBy, kinds, openText, type SecretField } from '../../client/kinds.ts';
import { example } from '../../example.ts';
import { given } from '../../given.ts';
import { Problem } from '../../problem.ts';
import { writeJson, writeValue } from '../../terminal.ts';

type Options = { field?: string; reason?: string; newline: boolean; json?: boolean };

export function itemsGet(kind: FieldKind): Command {
  const { one, open, secret, usual } = kinds[kind];
  return new Command('get')
    .description(
      `Print one field of a ${one}, its ${usual} unless told. A secret field is revealed, which is recorded.`,
    )
    .argument('<item>', foundBy(kind))
    .addOption(new Option('--field <field>', 'which field').choices([...open, ...secret]).conflicts('json'))
    .option('--reason <text>', 'why, where its owner asks for a reason')
    .option('--no-newline', 'print no line break after it')
    .option('--json', 'print the whole item, all its secrets revealed, as one line of JSON')
    .addHelpText('after', example(`arca ${kind} get ${kind === 'note' ? 'Alarm' : 'GitHub'} --field ${usual}`))
    .action((typed: string, { field = usual, reason, newline, json }: Options) =>
      withArca(async (arca) => {
        const item = await findItem(arca, kind, typed, 'enabled');
        if (json) {
          const { secrets, codeSecondsLeft } = await arca.items.reveal({
            kind,
            number: item.number,
            ...given({ justification: reason }),
          });
          return writeJson({ ...item, secrets, codeSecondsLeft });
        }
        return writeValue(await fieldOf(arca, kind, item, field, reason), newline ? '\n' : '');
      }),
    );
}

/** The text of a field, which is revealed if it is a secret one. */
async function fieldOf(arca: Arca, kind: FieldKind, item: Item, field: string, reason?: string): Promise<string> {
  if (kinds[kind].open.includes(field)) return openText(item, field);
  const wish = { kind, number: item.number, fields: [field as SecretField], ...given({ justification: reason }) };
  const value = (await arca.items.reveal(wish)).secrets[field as SecretField];
  if (value === null || value === undefined || value === '') {
    throw new Problem('refused', `The ${kinds[kind].one} has no ${field}.`);
  }
  return value;
}

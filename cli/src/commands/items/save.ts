import { Command } from 'commander';
import type { Arca, Item } from '../../../../sdk/src/arca.ts';
import { withArca } from '../../client/connect.ts';
import { findItem } from '../../client/find-item.ts';
import { type FieldKind, foundBy, kinds } from '../../client/kinds.ts';
import { example } from '../../example.ts';
import { given } from '../../given.ts';
import { type List, lifted, listOption } from '../../list-option.ts';
import { readNewPassword, readSecret, readText } from '../../password.ts';
import { Problem } from '../../problem.ts';
import { say, writeJson } from '../../terminal.ts';

type Options = {
  name?: string;
  username?: string;
  url?: string;
  clientId?: string;
  identifierCode?: string;
  tags?: List;
  passwordStdin?: boolean;
  noteStdin?: boolean;
  secretStdin?: boolean;
  json?: boolean;
};

/** The option by which each kind's secret comes on stdin. */
const stdinOption = { password: '--password-stdin', note: '--note-stdin', 'api-secret': '--secret-stdin' } as const;
const givenOnStdin = ({ passwordStdin, noteStdin, secretStdin }: Options) =>
  passwordStdin ?? noteStdin ?? secretStdin ?? false;

export function itemsCreate(kind: FieldKind): Command {
  const required = {
    password: '--username ana',
    note: '',
    'api-secret': '--url https://api.example.com --client-id ci',
  }[kind];
  const line = `arca ${kind} create --name GitHub ${required} ${stdinOption[kind]} < secret.txt`.replace('  ', ' ');
  return withFields(new Command('create'), kind, true)
    .description(`Create a ${kinds[kind].one} of your own. Its secret is asked for, or read from stdin.`)
    .addHelpText('after', example(line))
    .action((options: Options) =>
      withArca(async (arca) => {
        const secret = await readItemSecret(kind, options);
        const item = await create(arca, kind, { ...draftOf(options), ...secret });
        if (options.json) return writeJson(item);
        say(`Created ${kind} ${item.number}.`);
        return undefined;
      }),
    );
}

export function itemsUpdate(kind: FieldKind): Command {
  return withFields(new Command('update'), kind, false)
    .description(`Change a ${kinds[kind].one}; what is not told stays.`)
    .argument('<item>', foundBy(kind))
    .addHelpText('after', example(`arca ${kind} update 12 ${stdinOption[kind]} < secret.txt`))
    .action((typed: string, options: Options) =>
      withArca(async (arca) => {
        const secret = givenOnStdin(options) ? await readItemSecret(kind, options) : {};
        const draft = { ...draftOf(options), ...secret };
        if (Object.keys(draft).length === 0) throw new Problem('usage', 'There is nothing to change; see --help.');
        const { number, revision } = await findItem(arca, kind, typed, 'enabled');
        const item = await update(arca, kind, { number, ...draft }, revision);
        if (options.json) return writeJson(item);
        say(`Changed ${kind} ${number}.`);
        return undefined;
      }),
    );
}

function withFields(command: Command, kind: FieldKind, isNew: boolean): Command {
  const text = (flags: string, about: string, isRequired = false) =>
    isNew && isRequired ? command.requiredOption(flags, about) : command.option(flags, about);
  text('--name <text>', 'its name', true);
  if (kind === 'password') text('--username <text>', 'the username that it belongs to', true);
  if (kind !== 'note') text('--url <url>', 'where it is used', kind === 'api-secret');
  if (kind === 'api-secret') {
    text('--client-id <text>', 'its client id', true);
    text('--identifier-code <text>', "the owner's own word for it");
  }
  command.addOption(listOption('--tags <text,..>', 'its tags, or none', 'none'));
  command.option(stdinOption[kind], `read its ${kind === 'api-secret' ? 'client secret' : kind} from stdin`);
  return command.option('--json', 'print its open fields as one line of JSON');
}

function draftOf({ name, username, url, clientId, identifierCode, tags }: Options) {
  return given({ name, username, url, clientId, identifierCode, tags: tags === lifted ? [] : tags });
}

async function readItemSecret(kind: FieldKind, options: Options) {
  const isAllowed = givenOnStdin(options);
  if (kind === 'password') return { password: await readNewPassword(isAllowed) };
  if (kind === 'note') return { note: await readText('note') };
  return { clientSecret: await readSecret('client secret', stdinOption[kind], isAllowed) };
}

// The safe checks what is in a draft; which members belong to which kind is settled by the options above.
function create(arca: Arca, kind: FieldKind, draft: object): Promise<Item> {
  if (kind === 'password') return arca.items.createPassword(draft as never);
  return kind === 'note' ? arca.items.createNote(draft as never) : arca.items.createApiSecret(draft as never);
}

function update(arca: Arca, kind: FieldKind, draft: { number: number }, ifMatch: number): Promise<Item> {
  if (kind === 'password') return arca.items.updatePassword(draft, { ifMatch });
  return kind === 'note' ? arca.items.updateNote(draft, { ifMatch }) : arca.items.updateApiSecret(draft, { ifMatch });
}

import { type Command, InvalidArgumentError } from 'commander';
import type { InputOf } from '../../../../server/src/admin/commands.ts';
import { given } from '../../given.ts';
import { type List, lifted, listOption } from '../../list-option.ts';

export type KeyOptions = {
  name?: string;
  description?: string;
  tags?: List;
  addresses?: List;
  referers?: List;
  fingerprint?: string;
  items?: List;
  readOnly?: boolean;
  readWrite?: boolean;
  expires?: string;
};

type Draft = Omit<InputOf<'access-key.change'>, 'clientId'>;

/** What both a new key and a changed one can be told. */
export function withKeyOptions(command: Command): Command {
  return command
    .option('--description <text>', 'what it is for')
    .addOption(listOption('--tags <text,..>', 'its tags, or none', 'none'))
    .addOption(listOption('--addresses <cidr,..>', 'addresses and CIDR blocks it works from, or any', 'any'))
    .addOption(listOption('--referers <url,..>', 'URLs of pages it works from, or any', 'any'))
    .option('--fingerprint <hex>', 'SHA-256 of the client certificate it works with, or none', informed)
    .addOption(listOption('--items <kind:number,..>', 'the items it reaches, or all', 'all'))
    .option('--read-only', 'let it read only')
    .option('--expires <time>', 'when it ends, such as 2030-01-31T12:00:00Z, or never', informed);
}

/** The options as the safe takes them: absent ones leave what is. */
export function draftOf(options: KeyOptions): Draft {
  const { name, description, tags, addresses, referers, fingerprint, items, readOnly, readWrite, expires } = options;
  return given({
    name,
    description,
    tags: tags === lifted ? [] : tags,
    addresses: addresses === lifted ? [] : addresses,
    referers: referers === lifted ? [] : referers,
    fingerprint: fingerprint === 'none' ? null : fingerprint,
    items: items === lifted ? null : items,
    readOnly: readWrite ? false : readOnly,
    expiresAt: expires === 'never' ? null : expires,
  });
}

// An empty value, such as that of a shell variable that was not set, must not lift a limit.
function informed(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return text.trim();
}

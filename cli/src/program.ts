import { Command } from 'commander';
import type { Kind } from '../../sdk/src/arca.ts';
import about from '../package.json' with { type: 'json' };
import type { FieldKind } from './client/kinds.ts';
import { auditArchive } from './commands/audit/archive.ts';
import { auditExport } from './commands/audit/export.ts';
import { auditLeaver } from './commands/audit/leaver.ts';
import { auditList } from './commands/audit/list.ts';
import { auditPublicKey } from './commands/audit/public-key.ts';
import { auditVerify } from './commands/audit/verify.ts';
import { backupMake } from './commands/backup/make.ts';
import { backupNewKey } from './commands/backup/new-key.ts';
import { backupVerify } from './commands/backup/verify.ts';
import { completion } from './commands/completion.ts';
import { demo, hasDemo } from './commands/demo.ts';
import { exportItems } from './commands/export.ts';
import { filesGet } from './commands/files/get.ts';
import { filesPut } from './commands/files/put.ts';
import { groupAdd } from './commands/group/add.ts';
import { groupAddMember } from './commands/group/add-member.ts';
import { groupDisable } from './commands/group/disable.ts';
import { groupEnable } from './commands/group/enable.ts';
import { groupList } from './commands/group/list.ts';
import { groupRemoveMember } from './commands/group/remove-member.ts';
import { importApply } from './commands/import/apply.ts';
import { importDiscard } from './commands/import/discard.ts';
import { importLog } from './commands/import/log.ts';
import { importPlan } from './commands/import/plan.ts';
import { importUndo } from './commands/import/undo.ts';
import { itemsCode } from './commands/items/code.ts';
import { itemsGet } from './commands/items/get.ts';
import { itemsList } from './commands/items/list.ts';
import { itemsCreate, itemsUpdate } from './commands/items/save.ts';
import { itemsShare, itemsUnshare } from './commands/items/share.ts';
import { itemsDisable, itemsEnable } from './commands/items/switch.ts';
import { keyAdd } from './commands/key/add.ts';
import { keyChange } from './commands/key/change.ts';
import { keyClone } from './commands/key/clone.ts';
import { keyConfirm } from './commands/key/confirm.ts';
import { keyList } from './commands/key/list.ts';
import { keyPrivateKey } from './commands/key/private-key.ts';
import { keyRevoke } from './commands/key/revoke.ts';
import { keySecret } from './commands/key/secret.ts';
import { login } from './commands/login.ts';
import { logout } from './commands/logout.ts';
import { restore } from './commands/restore.ts';
import { rotateData } from './commands/rotate/data.ts';
import { rotateIndex } from './commands/rotate/index-key.ts';
import { rotatePepper } from './commands/rotate/pepper.ts';
import { rotateRoot } from './commands/rotate/root.ts';
import { rotateRows } from './commands/rotate/rows.ts';
import { rotateSigning } from './commands/rotate/signing.ts';
import { rotateStatus } from './commands/rotate/status.ts';
import { runCommand } from './commands/run.ts';
import { serve } from './commands/serve.ts';
import { setup } from './commands/setup.ts';
import { userAdd } from './commands/user/add.ts';
import { userDisable } from './commands/user/disable.ts';
import { userEnable } from './commands/user/enable.ts';
import { userList } from './commands/user/list.ts';
import { userPassword } from './commands/user/password.ts';
import { userRemoveSecondFactor } from './commands/user/remove-second-factor.ts';
import { whoami } from './commands/whoami.ts';
import { say, write } from './terminal.ts';

type Verb = () => Command;

/** What can be done with the items of a kind whose secrets are fields. */
const verbsOf = (kind: FieldKind): Verb[] => [
  () => itemsList(kind),
  ...[itemsGet, itemsCreate, itemsUpdate].map((verb) => () => verb(kind)),
  ...afterwards(kind),
];

/** What can be done with items whatever they hold. */
const afterwards = (kind: Kind): Verb[] =>
  [itemsShare, itemsUnshare, itemsDisable, itemsEnable].map((verb) => () => verb(kind));

/** `usual` is what the noun alone does. */
const nouns: readonly { name: string; about: string; verbs: readonly Verb[]; usual?: Verb }[] = [
  {
    name: 'password',
    about: 'Passwords of the safe that you are logged in to.',
    verbs: [...verbsOf('password'), itemsCode],
  },
  { name: 'note', about: 'Notes of the safe that you are logged in to.', verbs: verbsOf('note') },
  { name: 'api-secret', about: 'API secrets of the safe that you are logged in to.', verbs: verbsOf('api-secret') },
  {
    name: 'file',
    about: 'Files of the safe that you are logged in to.',
    verbs: [() => itemsList('file'), filesGet, filesPut, ...afterwards('file')],
  },
  {
    name: 'user',
    about: 'The people who use the safe.',
    verbs: [userAdd, userList, userDisable, userEnable, userPassword, userRemoveSecondFactor],
  },
  {
    name: 'group',
    about: 'Groups of users, with which items are shared.',
    verbs: [groupAdd, groupList, groupDisable, groupEnable, groupAddMember, groupRemoveMember],
  },
  {
    name: 'key',
    about: 'Access keys: OAuth clients that act as their owner.',
    verbs: [keyAdd, keyList, keyChange, keyClone, keyRevoke, keyConfirm, keySecret, keyPrivateKey],
  },
  {
    name: 'audit',
    about: 'Who did what, and the proof of it.',
    verbs: [auditList, auditExport, auditArchive, auditVerify, auditPublicKey, auditLeaver],
  },
  {
    name: 'backup',
    about: 'Encrypted copies of the whole safe, and the proof that they restore.',
    verbs: [backupMake, backupVerify, backupNewKey],
    usual: backupMake,
  },
  {
    name: 'import',
    about: 'Bring in what other products export, as a plan.',
    verbs: [importPlan, importApply, importUndo, importDiscard, importLog],
  },
  {
    name: 'rotate',
    about: 'Put new keys of the safe in place of the present ones.',
    verbs: [rotateRoot, rotateData, rotateIndex, rotateRows, rotateSigning, rotatePepper, rotateStatus],
  },
];

/** The whole command line, with its help. A wrong one throws a CommanderError once it was told what is wrong. */
export function makeProgram(): Command {
  const program = new Command('arca')
    .description('Arca, a self-hosted team password safe with an API first.')
    .version(about.version, '-V, --version', 'tell the version')
    .helpOption('-h, --help', 'tell what can be done')
    .helpCommand(false)
    // Options after `arca run PROGRAM` are the program's.
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp({ subcommandTerm: termOf })
    .configureOutput({
      writeOut: (text) => void write(text).catch(() => undefined),
      writeErr: (text) => say(text.trimEnd()),
      outputError: (text) => say(`arca: ${discreet(text)}`),
    })
    .addHelpText('after', '\nExample:\n  $ arca setup --admin ana --password-stdin < password.txt');
  for (const verb of [serve, setup, restore, exportItems, login, logout, whoami, runCommand]) attach(program, verb());
  for (const { name, about, verbs, usual } of nouns) {
    const noun = attach(program, new Command(name).description(about).helpCommand(false));
    for (const verb of verbs) attach(noun, verb(), { isDefault: verb === usual });
  }
  for (const verb of [completion, ...(hasDemo() ? [demo] : [])]) attach(program, verb());
  return program;
}

function attach(parent: Command, command: Command, options?: { isDefault: boolean }): Command {
  parent.addCommand(command.copyInheritedSettings(parent), options);
  return command;
}

/** A command in a list of commands: its arguments, which tell more than that it has options. */
function termOf(command: Command): string {
  return `${command.name()} ${command.usage().replaceAll(/\[(options|command)\] ?/g, '')}`.trimEnd();
}

/** One line without values that were typed in the wrong place: one of them may be a password. */
function discreet(text: string): string {
  return text
    .trimEnd()
    .replace(/^error: /, '')
    .replace(/( but got \d+): .*/s, '$1.')
    .replace(/(unknown option '[^=']*)=[^']*/, '$1')
    .replaceAll('\n', ' ');
}

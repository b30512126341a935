// npm run generate: writes docs/reference/permissions.md from the server's own table of rights.

import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Action, actions, type Relation, type Rule, rules } from '../server/src/domain/access.ts';
import { permissionWords } from './permission-words.ts';

export const permissionsFile = join(dirname(import.meta.dirname), 'docs/reference/permissions.md');

const head = `# Who may do what

Made by \`npm run generate\` from the table that the server asks before every act (\`server/src/domain/access.ts\`). What is not in
it is refused, and each refusal is in the audit.

- A **session** is a person who signed in. Where the policy wants a second factor that he has not enrolled, or somebody else
  chose his password, only what is marked *at first* is open to him until he has.
- A **fresh proof** is his password, and his second factor, shown within the last minutes.
- An **access key** acts as its owner and never exceeds him. It does nothing once it is revoked, past its end or held after a
  restore, once its owner is disabled, or from where its limits do not allow it.
- The **operator** is whoever runs \`arca\` on the host. Neither he nor an administrator reaches an item that is not shared with
  him. Where there are two administrators, what could turn administration into access needs both: see
  [proposals](api-v1.md).
`;

const keyWords: Readonly<Record<Rule['key'], string>> = {
  read: 'any',
  write: 'not read-only',
  create: 'not read-only, not limited to chosen items',
  no: '–',
};
const sessionWords: Readonly<Record<Rule['session'], string>> = {
  any: 'everybody',
  admin: 'administrators',
  owner: 'its owner',
  'owner-or-admin': 'its owner, administrators',
  no: '–',
};
const proofWords = (sudo: Rule['sudo']) => (sudo === 'unowned' ? 'for a user group' : mark(sudo));
const mark = (is: boolean) => (is ? 'yes' : '–');

/** The page, whole. */
export function permissionsPage(): string {
  const ruled = actions.map((action): [Action, Rule] => [action, rules[action]]);
  const onItem = ruled.filter(([, { relations }]) => relations.length > 0);
  const others = ruled.filter(([, { relations }]) => relations.length === 0);
  return [
    head,
    '## With an item\n',
    'By a share, by a user group or by a private group: the best of them counts. A key limited to chosen items reaches those alone.\n',
    tableOf(['action', 'may', 'owner', 'editor', 'viewer', 'access key'], onItem.map(itemRow)),
    '## With everything else\n',
    'What belongs to nobody, such as a user group, has the administrators as its owner; a private group, a key and the entries',
    'about himself belong to a person. What belongs to another looks to a stranger as if it were not there.\n',
    tableOf(['action', 'may', 'by session', 'fresh proof', 'at first', 'access key', 'operator'], others.map(otherRow)),
  ].join('\n');
}

function itemRow([action, rule]: [Action, Rule]): string[] {
  const has = (relation: Relation) => mark(rule.relations.includes(relation));
  return [`\`${action}\``, permissionWords[action], has('owner'), has('editor'), has('viewer'), keyWords[rule.key]];
}

function otherRow([action, { session, sudo, enrolling, key, operator }]: [Action, Rule]): string[] {
  const words = [sessionWords[session], proofWords(sudo), mark(enrolling), keyWords[key], mark(operator)];
  return [`\`${action}\``, permissionWords[action], ...words];
}

function tableOf(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [titles, titles.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}

if (import.meta.main) {
  writeFileSync(permissionsFile, permissionsPage());
  console.log('docs/reference/permissions.md');
}

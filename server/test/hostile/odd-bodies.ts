import type { Chance } from './chance.ts';
import { heavyBodies, oddJson, oddObject, oddTexts } from './odd-values.ts';

/** The names that the wire's operations know, some that it does not, and some that JavaScript does. */
const wireNames: readonly string[] = [
  ...['name', 'username', 'password', 'url', 'secret_key', 'notes', 'note', 'tags', 'client_id', 'client_secret'],
  ...[
    'identifier_code',
    'method',
    'users_allowed',
    'groups_allowed',
    'identifier',
    'unknown',
    '__proto__',
    'hasOwnProperty',
  ],
];

/** A draft that would be right for any kind, so that some requests come through and change things. */
function fullDraft(chance: Chance): Record<string, unknown> {
  const odd = chance.onceIn(2) ? String(chance.below(1000)) : chance.pick(oddTexts);
  const draft: Record<string, unknown> = { name: `n${odd}`, username: 'u', password: `p${odd}`, note: `t${odd}` };
  Object.assign(draft, { url: 'https://a.example', client_id: 'c', client_secret: `s${odd}`, tags: odd });
  if (chance.onceIn(2)) draft.secret_key = 'JBSWY3DPEHPK3PXP';
  if (chance.onceIn(2))
    draft.users_allowed = [{ username: chance.pick(['vera', 'nobody', odd, 'ANA']), can_edit: true }];
  if (chance.onceIn(3)) draft.groups_allowed = [{ name: chance.pick(['crew', 'nothing', odd]) }];
  if (chance.onceIn(4)) draft.identifier_code = chance.pick(['code', 'CODE', odd]);
  if (chance.onceIn(3)) draft[chance.pick(wireNames)] = JSON.parse(safeJson(chance));
  return draft;
}

function safeJson(chance: Chance): string {
  const text = oddJson(chance, 1);
  try {
    JSON.parse(text);
    return text;
  } catch {
    return 'null';
  }
}

function oddForm(chance: Chance): string {
  const pairs = Array.from({ length: chance.below(8) }, () => {
    const name = chance.pick([
      ...wireNames,
      ...[
        'users_allowed[0][username]',
        'users_allowed[][username]',
        'users_allowed[99999][username]',
        'users_allowed[0]',
      ],
      ...['groups_allowed[0][name]', 'users_allowed[0][can_edit]', 'name[]', 'name[x]', 'grant_type', '[', ']'],
    ]);
    const text = chance.pick(oddTexts);
    const value = chance.onceIn(3) ? text : encodeURIComponent(text.toWellFormed());
    return `${name}=${value.replaceAll(/[\r\n]/g, ' ')}`;
  });
  return pairs.join('&');
}

function oddMultipart(chance: Chance): string {
  const parts = Array.from({ length: chance.below(6) }, () => {
    const name = chance.pick([...wireNames, 'users_allowed[0][username]', 'x"; filename="y', 'a\r\nb', '']);
    const file = chance.onceIn(4) ? '; filename="f.txt"' : '';
    const type = chance.onceIn(3)
      ? `\r\nContent-Type: ${chance.pick(['application/json', 'application/octet-stream', 'x', ''])}`
      : '';
    return `--b\r\nContent-Disposition: form-data; name="${name}"${file}${type}\r\n\r\n${chance.pick(oddTexts)}\r\n`;
  });
  return parts.join('') + chance.pick(['--b--\r\n', '--b--', '', '--b', '--b\r\n', '--c--\r\n', '\r\n']);
}

/** A body of any sort: about half can be read, some of those are right. */
export function oddBody(chance: Chance): Buffer {
  switch (chance.below(20)) {
    case 0:
      return Buffer.alloc(0);
    case 1:
      return Buffer.from(chance.pick(heavyBodies));
    case 2:
      return chance.bytes(chance.below(400));
    case 3:
    case 4:
      return Buffer.from(oddForm(chance));
    case 5:
    case 6:
      return Buffer.from(oddMultipart(chance));
    case 7:
      return Buffer.from(oddJson(chance));
    case 8: {
      const whole = Buffer.from(JSON.stringify(fullDraft(chance)));
      return whole.subarray(0, chance.below(whole.length));
    }
    case 9:
    case 10:
      return Buffer.from(oddObject(chance, wireNames));
    default:
      return Buffer.from(JSON.stringify(fullDraft(chance)));
  }
}

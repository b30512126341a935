import type { Chance } from './chance.ts';

/** Texts that trip parsers, stores, comparisons or logs. All are JavaScript strings; some are no Unicode texts. */
export const oddTexts: readonly string[] = [
  '',
  ' ',
  '\t\r\n',
  '\0',
  'a\0b',
  '\u{1f5dd}\u{1f469}\u200d\u{1f680}',
  '\ud800',
  'x\udc00y',
  '\ufeff',
  '\ufffe\uffff',
  '\u202egnp.exe',
  '\u0130\u0131\u017f\u212a\ufb03',
  'e\u0301\u0301\u0301',
  '\u{e0041}\u{10ffff}',
  '\u2028\u2029',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  '-0',
  '1e309',
  "' OR 1=1 --",
  '"; DROP TABLE items; --',
  '$1',
  '%s%n%x',
  '{{7*7}}',
  '#{7*7}',
  '../../../../etc/passwd',
  '<script>alert(1)</script>',
  'line\r\nSet-Cookie: a=b',
  '\x1b[2J',
  'x'.repeat(255),
  'x'.repeat(256),
  '\u{1f5dd}'.repeat(255),
  'x'.repeat(4097),
  'x'.repeat(10_001),
  ','.repeat(300),
  Array.from({ length: 60 }, (_, at) => `tag ${at}`).join(','),
  'JBSWY3DPEHPK3PXP',
  'JBSW Y3DP',
  'true',
  '1',
  '[]',
  '[{"username":"ana"}]',
  '{"username":"ana"}',
];

const oddNumbers: readonly string[] = [
  '0',
  '-0',
  '1',
  '-1',
  '1.5',
  '1e400',
  '-1e400',
  '9007199254740993',
  `${'9'.repeat(400)}`,
  '1E-400',
];

/** A JSON text, sometimes no JSON at all, about as deep as asked. */
export function oddJson(chance: Chance, depth = 2): string {
  switch (chance.below(depth > 0 ? 12 : 7)) {
    case 0:
      return chance.pick(oddNumbers);
    case 1:
      return chance.pick(['true', 'false', 'null']);
    case 2:
    case 3:
    case 4:
      return JSON.stringify(chance.pick(oddTexts));
    case 5:
      return chance.pick([
        '"\\ud800"',
        '"\\udfff\\ud800"',
        '"\\u0000"',
        '"\\x"',
        "'a'",
        'NaN',
        'undefined',
        '01',
        '"a',
        '[',
        '{"a"}',
      ]);
    case 6:
      return JSON.stringify(String(chance.below(100)));
    case 7:
    case 8:
      return `[${Array.from({ length: chance.below(4) }, () => oddJson(chance, depth - 1)).join(',')}]`;
    default:
      return oddObject(chance, ['username', 'name', 'can_edit', '__proto__', 'constructor', 'length'], depth - 1);
  }
}

/** A JSON object of some of these names; names may come twice. */
export function oddObject(chance: Chance, names: readonly string[], depth = 2): string {
  const members = Array.from({ length: chance.below(names.length + 2) }, () => {
    const name = chance.onceIn(12) ? chance.pick(oddTexts) : chance.pick(names);
    return `${JSON.stringify(name)}:${oddJson(chance, depth)}`;
  });
  return `{${members.join(',')}}`;
}

const depth = 10_000;

/** Whole bodies that are too deep, too many, too long, or broken in the middle of a letter. */
export const heavyBodies: readonly (string | Buffer)[] = [
  '['.repeat(depth) + ']'.repeat(depth),
  `${'{"name":'.repeat(depth)}1${'}'.repeat(depth)}`,
  `{"name":${'['.repeat(depth)}${']'.repeat(depth)},"username":"u","password":"p"}`,
  '['.repeat(depth),
  '{"a":'.repeat(depth),
  `{"name":"n","username":"u","password":"p","users_allowed":[${'{"username":"nobody"},'.repeat(1000)}{"username":"x"}]}`,
  `{"name":"n","username":"u","password":"p","users_allowed":[${'{"username":"nobody"},'.repeat(999)}{"username":"x"}]}`,
  `{"name":"n","note":"${'x'.repeat(901)}"}`,
  `{"name":"n","note":"${'\u{1f5dd}'.repeat(900)}"}`,
  `{"name":"n","username":"u","password":"p","notes":"${'x'.repeat(900_000)}"}`,
  `{"a":[${'0,'.repeat(200_000)}0]}`,
  `{${Array.from({ length: 20_000 }, (_, at) => `"k${at}":1`).join(',')}}`,
  `name=n&username=u&password=p&${'&'.repeat(100_000)}`,
  `name=n&username=u&password=p&${Array.from({ length: 9999 }, (_, at) => `users_allowed[${at}][username]=u${at}`).join('&')}`,
  `users_allowed[0][__proto__]=1&users_allowed[0][constructor][prototype]=1&name=n&username=u&password=p`,
  `users_allowed=${'['.repeat(depth)}&name=n&username=u&password=p`,
  `name=%ff%fe&username=%ed%a0%80&password=%00%zz%`,
  '\ufeff{"name":"n","note":"t"}',
  Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff, 0xfe, 0xc0, 0xaf]), Buffer.from('","note":"t"}')]),
  Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('","note":"t"}')]),
  Buffer.concat([Buffer.from('name='), Buffer.from([0xff, 0x00, 0xf4, 0x90]), Buffer.from('&note=t')]),
  Buffer.from('{"name":"n","note":"t"}', 'utf16le'),
  Buffer.alloc(3000),
];

/** Identifiers as a path may spell them. */
export const oddIdentifiers: readonly string[] = [
  ...['0', '-1', '+1', '01', '1e3', '1.0', '0x1', '1_000', ' 1', '1%20', '%31', '%EF%BC%91', '%D9%A3'],
  ...['9'.repeat(15), '9'.repeat(16), '9'.repeat(400), 'a'.repeat(3000), '1'.repeat(1001)],
  ...['%00', '1%00', '%0d%0aX-Odd:%201', '%', '%z', '%zz', '%ff', '%C0%AF', '%ED%A0%80', '%F4%90%80%80'],
  ...['%2e%2e', '..', '.', '1%2F2', '1;x=1', '1,2', '*', '[1]', '%7B%7D', "1'--", '$where', '__proto__', 'constructor'],
  ...['null', 'undefined', 'NaN', 'true', 'update', 'active', 'password', '1/', '1//', '1/2', '/1', ''],
];

/** Content types, many of which are none. */
export const oddTypes: readonly string[] = [
  ...['application/json', 'application/json', 'application/json; charset=utf-8', 'application/x-www-form-urlencoded'],
  ...['application/x-www-form-urlencoded; charset=ISO-8859-1', 'multipart/form-data', 'multipart/form-data; boundary='],
  ...[
    'multipart/form-data; boundary=b',
    'multipart/form-data; boundary="b',
    `multipart/form-data; boundary=${'b'.repeat(300)}`,
  ],
  ...[
    'multipart/mixed; boundary=b',
    'text/plain',
    'application/octet-stream',
    'application/xml',
    'application/json, text/plain',
  ],
  ...[
    'application/json; charset=utf-16',
    'application/json; charset=klingon',
    'application/json;charset="utf-8',
    'json',
    '/',
    ';',
  ],
  ...[
    'application/',
    '/json',
    '',
    ' ',
    'null',
    'a/b/c',
    'application/json; charset=utf-8; charset=latin1',
    '\u00e9/\u00e9',
  ],
];

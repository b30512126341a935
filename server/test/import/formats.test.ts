import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { adapt, type FileFormat } from '../../src/domain/import.ts';
import { readFile } from '../../src/import/read-file.ts';
import { unzip } from '../../src/import/unzip.ts';
import * as sample from './sample-files.ts';

type Row = {
  line: number;
  reason?: string;
  kind?: string;
  name?: string;
  username?: string;
  password?: string;
  url?: string;
  notes?: string;
  note?: string;
  totp?: object;
  tags?: string[];
  remarks?: string[];
  content?: object;
};

/** What becomes of each record: its content without what is blank, or why it is none. */
async function read(
  bytes: Uint8Array,
  format: FileFormat | null = null,
  passphrase = '',
): Promise<{ format: FileFormat; rows: Row[] }> {
  const file = await readFile({ bytes, format, passphrase });
  const rows = file.records.map((record) => {
    const adapted = adapt(record, { perFile: 1024 * 1024 });
    if ('reason' in adapted) return { line: record.line, reason: adapted.reason } as Row;
    const filled = Object.entries(adapted.content).filter(
      ([, value]) => value !== '' && value !== null && String(value) !== '',
    );
    const held = adapted.bytes === null ? {} : { content: Buffer.from(adapted.bytes) };
    const row = { line: record.line, kind: adapted.kind, ...Object.fromEntries(filled), ...held };
    return { ...row, remarks: adapted.remarks } as Row;
  });
  return { format: file.format, rows };
}

/** A file as its bytes came. */
const attachedFile = (name: string, content: Buffer) => ({
  ...{ kind: 'file', name, fileName: name, mediaType: 'application/octet-stream' },
  ...{ content, size: content.length, remarks: [] },
});

const totp = { secret: sample.seed, algorithm: 'SHA1', digits: 6, period: 30 };
const refused = (bytes: Uint8Array, format: FileFormat | null, why: RegExp, passphrase = '') =>
  assert.rejects(read(bytes, format, passphrase), { name: 'FileProblem', message: why });

describe('files of other products', () => {
  it('reads LastPass: secure notes by http://sn, newlines, what has no password', async () => {
    const { format, rows } = await read(sample.lastPassCsv);
    assert.equal(format, 'lastpass-csv');
    assert.deepEqual(rows, [
      {
        ...{ line: 2, kind: 'password', name: 'Mail', username: 'ana@example.com', password: 'pass,with "quotes"' },
        ...{ url: 'https://mail.example.com', totp, notes: 'line one\nline two\n\nFavorite: 1', tags: ['Work/Mail'] },
        remarks: ['kept in the notes: Favorite'],
      },
      {
        ...{ line: 4, kind: 'note', name: 'Database host', note: 'NoteType:Server\nHostname:db1' },
        ...{ tags: ['Servers'], remarks: [] },
      },
      {
        ...{ line: 6, kind: 'password', name: 'shop.example.com', username: '-', password: 'secret' },
        url: 'https://shop.example.com',
        remarks: ['name made of what it has', 'without a username'],
      },
      {
        ...{ line: 7, kind: 'note', name: 'Bookmark', note: 'url: https://empty.example.com' },
        remarks: ['without a password: kept as a note'],
      },
      { line: 8, reason: 'is a folder' },
    ]);
  });

  it('reads Keeper: CSV without a heading, the seed in a pair of custom fields', async () => {
    await refused(sample.keeperCsv, null, /choose its format/);
    const { rows } = await read(sample.keeperCsv, 'keeper-csv');
    const [quoted] = (await read(Buffer.from('"","a","b","c","","1;2;3;4\n5;6;7",""\n'), 'keeper-csv')).rows;
    assert.deepEqual([quoted?.name, quoted?.password, quoted?.notes], ['a', 'c', '1;2;3;4\n5;6;7']);
    const common = {
      ...{ line: 1, kind: 'password', name: 'Shop', username: 'ana', password: 'shop pass' },
      ...{ url: 'https://shop.example.com', tags: ['Web/Shops', 'Team'] },
    };
    const remarks = ['kept in the notes: Branch'];
    assert.deepEqual(rows, [{ ...common, totp: { ...totp, digits: 8 }, notes: 'likes tea\n\nBranch: north', remarks }]);
    const json = await read(sample.keeperJson);
    assert.equal(json.format, 'keeper-json');
    assert.deepEqual(json.rows, [
      {
        ...{ ...common, totp, notes: 'likes tea\n\nBranch: north\npin: ["1","2"]' },
        remarks: ['kept in the notes: Branch, pin'],
      },
    ]);
  });

  it('reads Bitwarden: custom fields, several addresses, cards as notes; refuses what is encrypted', async () => {
    const { format, rows } = await read(sample.bitwardenJson);
    assert.equal(format, 'bitwarden-json');
    const [login, note, pass, card] = rows;
    assert.equal(pass?.note, 'valid\n\npassport: {"number":"77"}');
    assert.equal(
      login?.notes,
      'first\nsecond\n\nURL: https://wiki2.example.com\nBranch: north\nPIN: 1234\nLinked: (linked to 100)\nFavorite: 1\nReprompt: 1\n' +
        'Former password, until 2025-01-02: older',
    );
    assert.equal(login?.remarks?.[0], 'left: 1 passkey');
    assert.deepEqual(note, { line: 2, kind: 'note', name: 'Plain note', note: 'text', remarks: [] });
    assert.equal(card?.note, 'cardholderName: Ana\nnumber: 4111\ncode: 123');
    await refused(sample.bitwardenEncrypted, null, /encrypted export of Bitwarden/);
    const table = await read(sample.bitwardenCsv);
    assert.equal(table.format, 'bitwarden-csv');
    assert.equal(table.rows[0]?.notes, 'a note\n\nURL: https://b.example.com\nBranch: north\nPIN: 12\n34\nFavorite: 1');
    assert.deepEqual(table.rows[1], { line: 5, kind: 'note', name: 'Only a note', note: 'the text', remarks: [] });
  });

  it('reads 1Password: the zip with its sections, and the table', async () => {
    const { format, rows } = await read(await sample.onePux());
    assert.equal(format, '1password-1pux');
    assert.deepEqual(rows, [
      {
        ...{ line: 1, kind: 'password', name: 'Wiki', username: 'ana', password: 'pw', totp },
        ...{ url: 'https://wiki.example.com', tags: ['Private', 'team'] },
        notes:
          'hello\n\nURL: https://w2.example.com\nremember: yes\nExtras / PIN: 1234\nExtras / mail: ana@example.com\n' +
          'Extras / born: 1970-01-02\nState: archived\nFormer password, until 1970-01-02: older',
        remarks: [
          'left: file lost.pdf: the export does not hold its bytes, or they are beyond 32 MiB of files in one import',
          'kept in the notes: URL, remember, Extras / PIN, Extras / mail, Extras / born, State, Former password, until 1970-01-02',
        ],
      },
      {
        ...attachedFile('scan.pdf', sample.attachment),
        line: 1,
        tags: ['Private', 'team'],
        notes: 'Attachment of: Wiki',
      },
      { line: 2, kind: 'note', name: 'A note', note: 'text', tags: ['Private'], remarks: [] },
      { ...attachedFile('deed.txt', Buffer.from('deed')), line: 3, name: 'Deed', tags: ['Private'], notes: 'signed' },
    ]);
    const table = await read(sample.onePasswordCsv);
    assert.equal(table.format, '1password-csv');
    const [row] = table.rows;
    assert.deepEqual([row?.tags, row?.totp], [['team', 'web'], { ...totp, period: 60 }]);
  });

  it('reads KeePass: groups, custom fields, former passwords; attachments as files; tells of the recycle bin', async () => {
    const { kdbx, xml } = await sample.keePass('correct horse');
    const wanted = [
      { line: 1, reason: 'is in the recycle bin' },
      {
        ...{ line: 2, kind: 'password', name: 'Wiki', username: 'ana', password: 'pw & <more>' },
        ...{ url: 'https://wiki.example.com', totp: { ...totp, period: 60 }, tags: ['Work/Web', 'team'] },
      },
    ];
    for (const [bytes, format, passphrase] of [
      [kdbx, 'keepass-kdbx', 'correct horse'],
      [xml, 'keepass-xml', ''],
    ] as const) {
      const file = await read(bytes, null, passphrase);
      assert.equal(file.format, format);
      const [gone, { notes = '', remarks = [], ...wiki }, ...others] = file.rows as [Row, Row, Row, Row, Row];
      assert.deepEqual([gone, wiki], wanted);
      assert.match(
        notes,
        /^first\nsecond\n\nBranch: north\nAuto-type: \{USERNAME\}\{ENTER\}\nFormer password, of \d{4}-\d\d-\d\d: older$/,
      );
      // What refers to another entry holds what stands there.
      const alias = others.pop();
      assert.deepEqual(
        [alias?.username, alias?.password, alias?.url, alias?.notes],
        ['bob', 'pw & <more>', 'https://wiki.example.com/bob', `{REF:P@I:${'0'.repeat(32)}}`],
      );
      const attached = others;
      assert.equal(remarks[0], 'left: former attachment plan.txt');
      const common = { line: 2, tags: ['Work/Web', 'team'], notes: 'Attachment of: Wiki' };
      assert.deepEqual(attached, [
        { ...attachedFile('plan.txt', sample.attachment), ...common },
        { ...attachedFile('key', Buffer.from('k')), ...common },
      ]);
    }
    await refused(kdbx, null, /does not open with this passphrase/, 'wrong');
    await refused(kdbx, null, /give its passphrase/);
    await refused(kdbx.subarray(0, 400), null, /no KDBX file|does not open/, 'correct horse');
    const hostile = Buffer.from(
      `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>${xml.toString().replace(/^<\?xml[^>]*>/, '')}`,
    );
    await refused(hostile, null, /document type/);
  });

  it('reads what browsers save', async () => {
    const { rows, format } = await read(sample.chromeCsv);
    const common = { name: 'wiki', username: 'ana', password: 'pw', url: 'https://wiki.example.com' };
    assert.deepEqual(
      [format, rows],
      ['chrome-csv', [{ line: 2, kind: 'password', ...common, notes: 'remember', remarks: [] }]],
    );
    const firefox = await read(sample.firefoxCsv);
    assert.equal(firefox.format, 'firefox-csv');
    const [row] = firefox.rows;
    assert.deepEqual(
      [row?.name, row?.notes],
      ['wiki.example.com', 'HTTP realm: realm\nForm: https://login.example.com'],
    );
  });

  it('reads semicolons behind a byte order mark, and Unicode text; refuses to guess an encoding', async () => {
    const [row] = (await read(sample.semicolons)).rows;
    assert.deepEqual([row?.password, row?.notes], ['p,w', 'two\nlines']);
    const [wide] = (await read(sample.utf16)).rows;
    assert.equal(wide?.password, 'senhação');
    for (const bytes of [sample.latin1, sample.bareUtf16]) await refused(bytes, null, /is not UTF-8/);
    await refused(Buffer.from('name,url,username,password\n"open,1,2,3\n'), null, /is not CSV: line \d+ \(csv_/);
    await refused(Buffer.from(''), null, /is empty/);
  });

  it('reads our own workbook: texts as typed, numbers as written; refuses formulas and too many rows', async () => {
    const file = await sample.workbook(
      [
        ['Wiki', 'ana', '=1+1', 'https://wiki.example.com', sample.seed, 'two\nlines', 'a, b', 'Bob'],
        ['Pin', 'ana', 1234, '', '', '', '', ''],
      ],
      [['A note', ' text ', 'c']],
    );
    const { rows } = await read(file);
    assert.deepEqual(rows, [
      {
        ...{
          line: 2,
          kind: 'password',
          name: 'Wiki',
          username: 'ana',
          password: '=1+1',
          url: 'https://wiki.example.com',
        },
        ...{ totp, notes: 'two\nlines\n\nowner: Bob', tags: ['a', 'b'], remarks: ['kept in the notes: owner'] },
      },
      { line: 3, kind: 'password', name: 'Pin', username: 'ana', password: '1234', remarks: [] },
      { line: 2, kind: 'note', name: 'A note', note: ' text ', tags: ['c'], remarks: [] },
    ]);
    const parts = { 'xl/workbook.xml': Buffer.from('<workbook/>') };
    const sheet = (text: string) => sample.zipped({ ...parts, 'xl/worksheets/sheet1.xml': Buffer.from(text) });
    await refused(await sheet('<c r="A1"><f>1+1</f><v>2</v></c>'), null, /formula/);
    await refused(await sheet('<row r="1"/>'.repeat(100_002)), null, /more than 100000 records/);
    await refused(await sheet('<row r="1"/><row spans="1:2" r="1048576"/>'), null, /more than 100000 records/);
  });

  it('looks into a workbook as its reader does: prefixes, encodings, odd places, files that are there twice', async () => {
    const clean = await sample.workbook([['Wiki', 'ana', 'typed', '', '', '', '', '']]);
    const parts = Object.fromEntries(await unzip(clean, () => true));
    const path = 'xl/worksheets/sheet1.xml';
    const sheet = parts[path]?.toString('utf8') ?? assert.fail('no sheet');
    const other = (name: string, content: string | Buffer) =>
      sample.zipped({ ...parts, [name]: Buffer.from(content as string) });
    const withFormula = (tag: string) => sheet.replace('</c>', `${tag}</c>`);
    assert.equal((await read(await other(path, sheet))).rows[0]?.password, 'typed');
    for (const tag of ['<f>1+1</f>', '<f/>', '<x:f>1+1</x:f>', '<f\n>1</f>', '<f t="shared" si="0"/>']) {
      await refused(await other(path, withFormula(tag)), null, /formula/);
    }
    const declared = sheet.replace('version="1.0"', 'version="1.0" encoding="UTF-16"');
    for (const text of [`\ufeff${declared}`, declared, withFormula('<f>1</f>')]) {
      await refused(await other(path, Buffer.from(text, 'utf16le')), null, /not UTF-8|no XLSX/);
    }
    for (const row of [
      `<row r='1048576'><c r="A1048576"/></row>`,
      '<x:row spans=">" r = "1048576"/>',
      '<row><c r="A1048576"/></row>',
      '<row r="&#49;048576"/>',
    ]) {
      await refused(
        await other(path, sheet.replace('</sheetData>', `${row}</sheetData>`)),
        null,
        /more than 100000|no XLSX/,
      );
    }
    await refused(
      await other(path, sheet.replace('</sheetData>', '<row r="9"><c r="ZZZZ9"/></row></sheetData>')),
      null,
      /no XLSX/,
    );
    await refused(await other(path, `<!DOCTYPE x [<!ENTITY e "y">]>${sheet}`), null, /DTD/);
    // Its sheet elsewhere, where nobody looked.
    const relations = 'xl/_rels/workbook.xml.rels';
    const moved = (parts[relations]?.toString('utf8') ?? '').replace('worksheets/sheet1.xml', 'elsewhere/sheet1.xml');
    const hidden = { [relations]: Buffer.from(moved), 'xl/elsewhere/sheet1.xml': Buffer.from(withFormula('<f>1</f>')) };
    await refused(await sample.zipped({ ...parts, ...hidden }), null, /no XLSX/);
    // Twice by name, for readers that keep another one than we look at; and one that the list of files does not tell of.
    const again = Buffer.from(withFormula('<f>1</f>'));
    await refused(await sample.zippedTwice(parts, path, again), null, /two files of one name/);
    await refused(await sample.zippedTwice({ ...parts, [path]: again }, path, Buffer.from(sheet)), null, /two files/);
    const evil = await sample.zipped({ [path]: Buffer.from(sheet.replace('<v>10</v>', '<v>8</v>')) });
    const { rows } = await read(sample.withUnlisted(await other(path, sheet), evil));
    assert.equal(rows[0]?.password, 'typed');
  });

  it('refuses a zip that unpacks to more than it should, and one that lies about it', async () => {
    const bomb = await sample.zipped({ 'export.data': Buffer.alloc(130 * 1024 * 1024, 0x20) });
    assert.ok(bomb.length < 1024 * 1024);
    await refused(bomb, '1password-1pux', /unpacks to more than 128 MiB/);
    const lying = Buffer.from(bomb);
    // The size is told in the central directory, behind its signature and the compressed size.
    const at = lying.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    lying.writeUInt32LE(10, at + 24);
    await refused(lying, '1password-1pux', /no zip, or was changed/);
  });

  it('takes files up to 32 MiB in all, however often one is attached, and tells of what is beyond', async () => {
    const zeros = Buffer.alloc(33 * 1024 * 1024);
    const { rows } = await read(await sample.onePux({ 'files/x2__lost.pdf': zeros }));
    assert.deepEqual(
      rows.map(({ name, content }) => [name, content === undefined]),
      [
        ['Wiki', true],
        ['scan.pdf', false],
        ['A note', true],
        ['Deed', false],
      ],
    );
    assert.match(rows[0]?.remarks?.[0] ?? '', /^left: file lost\.pdf: .*beyond 32 MiB/);
    const often = await read(await sample.attachedOften('correct horse', 1024 * 1024, 34), null, 'correct horse');
    assert.equal(often.rows.filter(({ content }) => content !== undefined).length, 32);
    const left = often.rows.flatMap(({ remarks = [] }) => remarks.filter((one) => one.startsWith('left: ')));
    assert.deepEqual(left, Array(2).fill('left: attachment a.bin, beyond 32 MiB of files in one import'));
  });

  it('keeps what it cannot put anywhere, and rejects a row rather than cut it', async () => {
    const steam = Buffer.from('name,url,username,password,note,Branch\nx,,ana,pw,,north\n');
    assert.deepEqual((await read(steam)).rows[0], {
      ...{ line: 2, kind: 'password', name: 'x', username: 'ana', password: 'pw', notes: 'branch: north' },
      remarks: ['kept in the notes: branch'],
    });
    const long = Buffer.from(`name,url,username,password,note,Branch\nx,,ana,pw,${'n'.repeat(9_990)},north west\n`);
    assert.deepEqual((await read(long)).rows, [{ line: 2, reason: 'notes longer than 10000 characters' }]);
  });
});

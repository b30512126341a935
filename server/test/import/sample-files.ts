import { buffer } from 'node:stream/consumers';
import kdbxweb from 'kdbxweb';
import writeWorkbook from 'write-excel-file/node';
import { ZipFile } from 'yazl';
import '../../src/import/formats/keepass.ts';

// Made up: small exports as each product writes them, with their corners. Nobody's data.

export const seed = 'JBSWY3DPEHPK3PXP';
const csv = (rows: string[], end = '\r\n') => Buffer.from(`${rows.join(end)}${end}`);

export const lastPassCsv = csv([
  'url,username,password,totp,extra,name,grouping,fav',
  `https://mail.example.com,ana@example.com,"pass,with ""quotes""",${seed},"line one\nline two",Mail,Work\\Mail,1`,
  'http://sn,,,,"NoteType:Server\nHostname:db1",Database host,Servers,0',
  'https://shop.example.com,,secret,,,,,0',
  'https://empty.example.com,,,,,Bookmark,(none),0',
  'http://group,,,,,Empty,Empty,0',
]);

export const keeperCsv = csv([
  `"Web\\Shops","Shop","ana","shop pass","https://shop.example.com","likes tea","Team","TFC:Keeper","otpauth://totp/x?secret=${seed}&digits=8","Branch","north"`,
]);

export const keeperJson = Buffer.from(
  JSON.stringify({
    records: [
      {
        ...{ uid: 'abc', title: 'Shop', $type: 'login', login: 'ana', password: 'shop pass' },
        ...{ login_url: 'https://shop.example.com', notes: 'likes tea' },
        custom_fields: {
          '$oneTimeCode::1': `otpauth://totp/x?secret=${seed}`,
          '$text:Branch:1': 'north',
          $pin: ['1', '2'],
        },
        folders: [{ folder: 'Web\\Shops' }, { shared_folder: 'Team' }],
      },
    ],
  }),
);

export const bitwardenJson = Buffer.from(
  JSON.stringify({
    encrypted: false,
    folders: [{ id: 'f1', name: 'Work' }],
    items: [
      {
        ...{ type: 1, name: 'Wiki', notes: 'first\nsecond', folderId: 'f1', favorite: true, reprompt: 1 },
        fields: [
          { name: 'Branch', value: 'north', type: 0 },
          { name: 'PIN', value: '1234', type: 1 },
          { name: 'Linked', value: null, type: 3, linkedId: 100 },
        ],
        login: {
          uris: [{ uri: 'https://wiki.example.com' }, { uri: 'https://wiki2.example.com', match: null }],
          ...{ username: 'ana', password: 'pässwörd', totp: seed, fido2Credentials: [{}] },
        },
        passwordHistory: [{ lastUsedDate: '2025-01-02T00:00:00Z', password: 'older' }],
      },
      { type: 2, name: 'Plain note', notes: 'text', login: null, fields: null },
      { type: 9, name: 'Pass', notes: 'valid', secureNote: null, attachments: [], passport: { number: '77' } },
      { type: 3, name: 'Card', notes: null, card: { cardholderName: 'Ana', number: '4111', code: '123' } },
    ],
  }),
);

export const bitwardenEncrypted = Buffer.from(JSON.stringify({ encrypted: true, passwordProtected: true, data: 'x' }));

export const bitwardenCsv = csv([
  'folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp',
  `Work,1,login,Wiki,"a note","Branch: north\nPIN: 12\n34",0,"https://a.example.com,https://b.example.com",ana,pw,${seed}`,
  ',,note,Only a note,the text,,0,,,,',
]);

export const onePasswordCsv = csv([
  'Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes',
  `Wiki,https://wiki.example.com,ana,pw,otpauth://totp/x?secret=${seed}&period=60,true,false,team;web,hello`,
]);

export const chromeCsv = csv(['name,url,username,password,note', 'wiki,https://wiki.example.com,ana,pw,remember']);

export const firefoxCsv = csv([
  '"url","username","password","httpRealm","formActionOrigin","guid","timeCreated","timeLastUsed","timePasswordChanged"',
  '"https://wiki.example.com","ana","pw","realm","https://login.example.com","{1}","1","2","3"',
]);

/** As a spreadsheet in a country of decimal commas saves it: semicolons, and a byte order mark. */
export const semicolons = Buffer.concat([
  Buffer.from([0xef, 0xbb, 0xbf]),
  csv(['name;url;username;password;note', 'wiki;https://wiki.example.com;ana;p,w;"two\nlines"']),
]);

export const utf16 = Buffer.concat([
  Buffer.from([0xff, 0xfe]),
  Buffer.from('name\turl\tusername\tpassword\nwiki\thttps://wiki.example.com\tana\tsenhação\n', 'utf16le'),
]);

export const latin1 = Buffer.from('name,url,username,password\nwiki,https://x.example,ana,senha\xe7\n', 'latin1');

/** UTF-16 that has lost its mark. */
export const bareUtf16 = utf16.subarray(2);

/** What is attached to entries: bytes that are no text. */
export const attachment = Buffer.from('attached\0\xff', 'latin1');

export async function onePux(more: Record<string, Buffer> = {}): Promise<Buffer> {
  const item = {
    ...{ uuid: 'u1', categoryUuid: '001', state: 'archived' },
    overview: {
      title: 'Wiki',
      url: 'https://wiki.example.com',
      urls: [{ url: 'https://wiki.example.com' }, { url: 'https://w2.example.com' }],
      tags: ['team'],
    },
    details: {
      loginFields: [
        { value: 'ana', name: 'user', designation: 'username', fieldType: 'T' },
        { value: 'pw', name: 'pass', designation: 'password', fieldType: 'P' },
        { value: 'yes', name: 'remember', designation: '', fieldType: 'C' },
      ],
      notesPlain: 'hello',
      sections: [
        {
          title: 'Extras',
          fields: [
            { title: 'one-time password', id: 'TOTP_1', value: { totp: `otpauth://totp/x?secret=${seed}` } },
            { title: 'PIN', id: 'p', value: { concealed: '1234' } },
            { title: 'mail', id: 'm', value: { email: { email_address: 'ana@example.com', provider: null } } },
            { title: 'born', id: 'd', value: { date: 86400 } },
            { title: 'scan', id: 's', value: { file: { fileName: 'scan.pdf', documentId: 'x1' } } },
            { title: 'lost', id: 'l', value: { file: { fileName: 'lost.pdf', documentId: 'x2' } } },
          ],
        },
      ],
      passwordHistory: [{ value: 'older', time: 86400 }],
    },
  };
  const note = { categoryUuid: '003', state: 'active', overview: { title: 'A note' }, details: { notesPlain: 'text' } };
  const document = {
    ...{ categoryUuid: '006', state: 'active', overview: { title: 'Deed' } },
    details: { notesPlain: 'signed', documentAttributes: { fileName: 'deed.txt', documentId: 'x3', decryptedSize: 4 } },
  };
  const items = [item, { item: note }, document];
  const data = { accounts: [{ attrs: {}, vaults: [{ attrs: { name: 'Private' }, items }] }] };
  return zipped({
    'export.attributes': Buffer.from('{"version":3}'),
    'export.data': Buffer.from(JSON.stringify(data)),
    'files/x1__scan.pdf': attachment,
    'files/x3__deed.txt': Buffer.from('deed'),
    ...more,
  });
}

export async function zipped(files: Record<string, Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(content, name);
  zip.end();
  return buffer(zip.outputStream);
}

/** The same, with one more file of a name that is there already. */
export async function zippedTwice(files: Record<string, Buffer>, name: string, again: Buffer): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [one, content] of Object.entries(files)) zip.addBuffer(content, one);
  zip.addBuffer(again, name);
  zip.end();
  return buffer(zip.outputStream);
}

const endOfZip = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
/** Where the list of files begins. */
const listOf = (zip: Buffer) => zip.readUInt32LE(zip.lastIndexOf(endOfZip) + 16);

/** The files of `more` behind those of `zip`, but not in its list. */
export function withUnlisted(zip: Buffer, more: Buffer): Buffer {
  const [list, unlisted] = [listOf(zip), more.subarray(0, listOf(more))];
  const whole = Buffer.concat([zip.subarray(0, list), unlisted, zip.subarray(list)]);
  whole.writeUInt32LE(list + unlisted.length, whole.lastIndexOf(endOfZip) + 16);
  return whole;
}

const { Credentials, Kdbx, ProtectedValue } = kdbxweb;

export async function keePass(passphrase: string): Promise<{ kdbx: Buffer; xml: Buffer }> {
  const database = Kdbx.create(new Credentials(ProtectedValue.fromString(passphrase)), 'Home');
  database.createRecycleBin();
  const work = database.createGroup(database.createGroup(database.getDefaultGroup(), 'Work'), 'Web');
  const entry = database.createEntry(work);
  const set = (name: string, value: string) => entry.fields.set(name, value);
  set('Title', 'Wiki');
  set('UserName', 'ana');
  entry.fields.set('Password', ProtectedValue.fromString('older'));
  entry.binaries.set('plan.txt', await database.createBinary(new TextEncoder().encode('draft').buffer));
  entry.pushHistory();
  entry.fields.set('Password', ProtectedValue.fromString('pw & <more>'));
  set('URL', 'https://wiki.example.com');
  set('Notes', 'first\nsecond');
  set('TimeOtp-Secret-Base32', seed);
  set('TimeOtp-Period', '60');
  set('Branch', 'north');
  entry.tags = ['team'];
  entry.binaries.set('plan.txt', await database.createBinary(new Uint8Array(attachment).buffer));
  entry.binaries.set(
    'key',
    await database.createBinary(ProtectedValue.fromBinary(new TextEncoder().encode('k').buffer)),
  );
  entry.autoType.defaultSequence = '{USERNAME}{ENTER}';
  const alias = database.createEntry(work);
  alias.fields.set('Title', 'Wiki for Bob');
  alias.fields.set('UserName', 'bob');
  const id = Buffer.from(entry.uuid.id, 'base64').toString('hex').toUpperCase();
  alias.fields.set('Password', ProtectedValue.fromString(`{REF:P@I:${id}}`));
  alias.fields.set('URL', `{REF:A@I:${id}}/bob`);
  alias.fields.set('Notes', `{REF:P@I:${'0'.repeat(32)}}`);
  const gone = database.createEntry(database.getGroup(database.meta.recycleBinUuid ?? '') ?? work);
  gone.fields.set('Title', 'Gone');
  gone.fields.set('Password', ProtectedValue.fromString('x'));
  gone.binaries.set('old.txt', await database.createBinary(new TextEncoder().encode('old').buffer));
  database.setKdf(kdbxweb.Consts.KdfId.Argon2id);
  const kdbx = Buffer.from(await database.save());
  return { kdbx, xml: Buffer.from(await database.saveXml()) };
}

/** One attachment of so many bytes, which so many entries have. */
export async function attachedOften(passphrase: string, size: number, times: number): Promise<Buffer> {
  const database = Kdbx.create(new Credentials(ProtectedValue.fromString(passphrase)), 'Home');
  const binary = await database.createBinary(new ArrayBuffer(size));
  for (let at = 0; at < times; at += 1) {
    const entry = database.createEntry(database.getDefaultGroup());
    entry.fields.set('Title', `Entry ${at}`);
    entry.fields.set('Password', ProtectedValue.fromString('x'));
    entry.binaries.set('a.bin', binary);
  }
  database.setKdf(kdbxweb.Consts.KdfId.Argon2id);
  return Buffer.from(await database.save());
}

const cells = (row: readonly (string | number)[]) =>
  row.map((value) => ({ value, type: typeof value === 'number' ? Number : String }));

export function workbook(
  passwords: readonly (readonly (string | number)[])[],
  notes: readonly string[][] = [],
): Promise<Buffer> {
  const sheets = [
    {
      sheet: 'passwords',
      data: [['name', 'username', 'password', 'url', 'totp', 'notes', 'tags', 'Owner'], ...passwords].map(cells),
    },
    { sheet: 'notes', data: [['name', 'note', 'tags'], ...notes].map(cells) },
  ];
  return writeWorkbook(sheets as never).toBuffer();
}

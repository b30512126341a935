import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CsvEntry, csvOf, linesOf } from './audit-stream.ts';

const entry: CsvEntry = {
  id: '0123456789abcdef:1',
  at: new Date('2027-03-01T12:00:00Z'),
  event: 'item.revealed',
  user: 'ana',
  accessKey: null,
  target: 'note:1',
  address: '192.0.2.7',
  requestId: 'r',
  details: {},
};

async function* slicesOf(...slices: CsvEntry[][]) {
  yield* slices;
}

async function allOf(pieces: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

async function textOf(...slices: CsvEntry[][]): Promise<string> {
  return (await allOf(csvOf(slicesOf(...slices)))).join('');
}

const head = '\uFEFFid,at,event,user,accessKey,target,address,requestId,details\r\n';

describe('entries as CSV', () => {
  it('begin with a byte order mark and a header, once, whatever the slices', async () => {
    const line = '0123456789abcdef:1,2027-03-01T12:00:00.000Z,item.revealed,ana,,note:1,192.0.2.7,r,{}\r\n';
    assert.equal(await textOf([entry], [], [entry]), head + line + line);
    assert.equal(await textOf([]), head);
  });

  for (const start of ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
    it(`hold no cell that a spreadsheet takes for a formula: ${JSON.stringify(start)}`, async () => {
      const formula = `${start}HYPERLINK("http://evil.example","x")`;
      const text = await textOf([{ ...entry, user: formula, address: formula }]);
      const quoted = `"'${formula.replaceAll('"', '""')}"`;
      assert.ok(text.includes(`${quoted},,note:1,${quoted},r`), text);
    });
  }

  it('quote what would end a cell or a line', async () => {
    const details = { operator: 'a "b", c\nd' };
    const accessKey = { id: 5, clientId: 'c' };
    const text = await textOf([{ ...entry, user: null, address: null, target: null, accessKey, details }]);
    assert.ok(text.endsWith(',item.revealed,,c,,,r,"{""operator"":""a \\""b\\"", c\\nd""}"\r\n'), text);
  });
});

describe('values as lines', () => {
  it('are put together into pieces worth sending, and lose none', async () => {
    const values = Array.from({ length: 5000 }, (_, at) => ({ at, text: 'x'.repeat(40) }));
    async function* each() {
      yield* values;
    }
    const pieces = await allOf(linesOf(each()));
    assert.ok(pieces.length > 2 && pieces.length < 10, `${pieces.length} pieces`);
    const lines = pieces.join('').split('\n');
    assert.equal(lines.pop(), '');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      values,
    );
  });
});

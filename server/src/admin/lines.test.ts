import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { linesOf } from './lines.ts';

const rows: { what: string; chunks: (string | Uint8Array)[]; lines: string[] }[] = [
  { what: 'nothing', chunks: [], lines: [] },
  { what: 'an ended last line', chunks: ['a\nb\n'], lines: ['a', 'b'] },
  { what: 'an unended last line', chunks: ['a\nb'], lines: ['a', 'b'] },
  { what: 'empty lines', chunks: ['\n\na\n'], lines: ['', '', 'a'] },
  { what: 'lines cut anywhere', chunks: ['a', 'b\nc', '', '\n', 'd'], lines: ['ab', 'c', 'd'] },
  { what: 'a character cut in two', chunks: [Buffer.of(0xc3), Buffer.of(0xa9, 0x0a)], lines: ['\u00e9'] },
  {
    what: 'what others take for line ends',
    chunks: ['a\rb\u2028c\u2029d\u0085e\n'],
    lines: ['a\rb\u2028c\u2029d\u0085e'],
  },
];

for (const { what, chunks, lines } of rows) {
  test(what, async () => {
    const found: string[] = [];
    for await (const line of linesOf(Readable.from(chunks))) found.push(line);
    assert.deepEqual(found, lines);
  });
}

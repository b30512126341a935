import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mediaTypeOf } from './media-type.ts';

test('the end of a name tells what a file is', () => {
  const told = {
    'contract.PDF': 'application/pdf',
    'a.b.txt': 'text/plain',
    'notes.md': 'text/markdown',
    'safe.kdbx': 'application/x-keepass2',
    'server.pem': 'application/x-pem-file',
    'server.key': '',
    key: '',
    '.txt': '',
    'archive.': '',
    'photo.unheard-of': '',
    '': '',
  };
  for (const [name, type] of Object.entries(told)) assert.equal(mediaTypeOf(name), type, name);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import kdbxweb from 'kdbxweb';
import './keepass.ts';
import { writeKdbx } from './keepass-file.ts';

const { Credentials, Kdbx, ProtectedValue } = kdbxweb;

test('guessing the passphrase of a KeePass file costs memory and time', async () => {
  const bytes = await writeKdbx([], 'seven wooden boats');
  const credentials = new Credentials(ProtectedValue.fromString('seven wooden boats'));
  const { header } = await Kdbx.load(new Uint8Array(bytes).buffer, credentials);
  const told = (name: string) => (header.kdfParameters?.get(name) as { value: number } | undefined)?.value;
  assert.deepEqual([told('M'), told('I')], [64 * 1024 * 1024, 8]);
});

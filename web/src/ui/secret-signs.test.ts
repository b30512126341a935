import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runsOf } from './secret-signs.ts';

test('signs of one kind stand together, and nothing of the secret is lost', () => {
  assert.deepEqual(runsOf('Jq7!vção 42…'), [
    { kind: 'letter', text: 'Jq' },
    { kind: 'digit', text: '7' },
    { kind: 'symbol', text: '!' },
    { kind: 'letter', text: 'vção ' },
    { kind: 'digit', text: '42' },
    { kind: 'symbol', text: '…' },
  ]);
  const secret = '\u{1F511}\nO0l1I\t§e\u0301';
  assert.equal(
    runsOf(secret)
      .map(({ text }) => text)
      .join(''),
    secret,
  );
});

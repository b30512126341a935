import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeTidy } from './tidy.ts';

const secret = 'Tr0ub4dor&3 "(+)"';
const bytes = Buffer.from(secret);

describe('a tidied line', () => {
  const spellings: Record<string, string> = {
    'as it is': secret,
    'in capitals': secret.toUpperCase(),
    'in a URL': encodeURIComponent(secret),
    'in JSON': JSON.stringify(secret).slice(1, -1),
    'in base64': bytes.toString('base64'),
    'in base64 for URLs': bytes.toString('base64url'),
    'in hex': bytes.toString('hex'),
    'after letters that grow in lower case': `İİİİİİİİİİİİİİİİİİİİ${secret}`,
    'many times': Array(40).fill(secret).join(),
    'across the place where it is cut': `${'x'.repeat(190)}${secret}`,
    'across the place where reading ends': `${secret.repeat(588)}${secret}`,
  };
  for (const [where, line] of Object.entries(spellings)) {
    it(`hides a secret ${where}`, () => {
      const { hide, tidy } = makeTidy();
      hide(secret);
      const tidied = tidy(`a ${line} z`);
      for (const one of [
        secret.slice(0, 6),
        bytes.toString('base64').slice(0, 8),
        bytes.toString('hex').slice(0, 12),
      ]) {
        assert.ok(!tidied.toLowerCase().includes(one.toLowerCase()), tidied);
      }
      assert.match(tidied, /\[hidden\]/);
    });
  }

  it('hides the longer of two that begin alike', () => {
    const { hide, tidy } = makeTidy();
    for (const one of ['abc', 'abcdef']) hide(one);
    assert.equal(tidy('x abcdef abc'), 'x [hidden] [hidden]');
  });

  it('is one line, short, and nothing that a terminal obeys', () => {
    const { hide, tidy } = makeTidy();
    hide('');
    assert.equal(tidy('a\n\u001b[2Jb\u202e'), 'a\\u000a\\u001b[2Jb\\u202e');
    assert.equal(tidy('🔑'.repeat(300)), `${'🔑'.repeat(200)}...`);
  });
});

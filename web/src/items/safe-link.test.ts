import assert from 'node:assert/strict';
import { test } from 'node:test';
import { safeLink } from './safe-link.ts';

const rows: [text: string, href: string | null][] = [
  ['https://github.com', 'https://github.com/'],
  [' http://intranet:8080/login?a=b ', 'http://intranet:8080/login?a=b'],
  ['HTTPS://Example.com', 'https://example.com/'],
  ['github.com', null],
  ['', null],
  ['javascript:alert(1)', null],
  [' java\nscript:alert(1)', null],
  ['data:text/html,hello', null],
  ['ssh://host', null],
  ['https://', null],
];

for (const [text, href] of rows) {
  test(`${JSON.stringify(text)} is ${href === null ? 'no link' : `a link to ${href}`}`, () => {
    assert.equal(safeLink(text), href);
  });
}

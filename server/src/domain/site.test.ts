import assert from 'node:assert/strict';
import { test } from 'node:test';
import { siteOf } from './site.ts';

test('a site is the host of a web address, however it was written', () => {
  const sites: [string, string | null][] = [
    ['https://www.GitHub.com/login?next=1', 'github.com'],
    ['http://ana:secret@intranet:8080/x', 'intranet'],
    ['github.com', 'github.com'],
    [' mail.example.org/inbox ', 'mail.example.org'],
    ['localhost:3000', 'localhost'],
    ['ftp://files.example.org', null],
    ['javascript:alert(1)', null],
    ['not an address', null],
    ['', null],
  ];
  for (const [url, site] of sites) assert.equal(siteOf(url), site, url);
});

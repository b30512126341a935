import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { policy } from '../../web/policy.ts';
import { startSafe, type TestSafe } from './start-safe.ts';

const html = { accept: 'text/html,application/xhtml+xml' };

describe('the screens as the server gives them', () => {
  let safe: TestSafe;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'arca-pages-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>the app</title>');
    writeFileSync(join(folder, 'manifest.json'), '{}');
    writeFileSync(join(folder, 'assets/app-1a2b.js'), 'plain();');
    writeFileSync(join(folder, 'assets/app-1a2b.js.br'), 'packed');
    safe = await startSafe('sqlite', { ARCA_PAGES_DIR: folder });
  });
  after(async () => {
    await safe.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has the app at every path of its own, under the policy that the app is tested with', async () => {
    for (const path of [
      '/',
      '/passwords',
      '/passwords/12/edit',
      '/set-up',
      '/access-keys?q=a.b',
      '/admin/users/maria.reis',
    ]) {
      const { status, text, headers } = await safe.call('GET', path, undefined, html);
      assert.deepEqual([status, text], [200, '<!doctype html><title>the app</title>'], path);
      assert.equal(headers.get('content-security-policy'), policy);
      assert.equal(headers.get('cache-control'), 'no-cache');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
    }
  });

  it('leaves the API, its reference and what is no page to themselves', async () => {
    for (const path of [
      '/api/nothing',
      '/iso/nothing',
      '/docs/nothing',
      '/.well-known/nothing',
      '/favicon.ico',
      '/manifest.json',
    ]) {
      const { status } = await safe.call('GET', path, undefined, html);
      assert.ok(status === 404 || status === 401, `${path}: ${status}`);
    }
    assert.equal((await safe.call('POST', '/passwords', undefined, html)).status, 404);
    // A program that asks for no page is told that there is nothing.
    assert.equal((await safe.call('GET', '/passwords', undefined, { accept: 'application/json' })).status, 404);
  });

  it('gives files for good, packed to whoever takes that, and nothing beside them', async () => {
    const plain = await safe.call('GET', '/assets/app-1a2b.js', undefined, { 'accept-encoding': 'identity' });
    assert.deepEqual([plain.status, plain.text], [200, 'plain();']);
    assert.equal(plain.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.match(plain.headers.get('content-type') ?? '', /javascript/);
    for (const path of [
      '/assets/',
      '/assets/nothing.js',
      '/assets/..%2findex.html',
      '/assets/..%2f..%2fetc%2fpasswd',
    ]) {
      assert.equal((await safe.call('GET', path)).status, 404, path);
    }
  });
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { actions } from '../server/src/domain/access.ts';
import { permissionsFile, permissionsPage } from './write-permissions.ts';

test('the page of who may do what is that of the server as it is; if not: npm run generate', () => {
  const page = permissionsPage();
  assert.equal(readFileSync(permissionsFile, 'utf8'), page);
  for (const action of actions) assert.equal(page.split(`| \`${action}\` |`).length, 2, action);
});

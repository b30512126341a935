// For each rule a small tree that breaks it and no other. A rule without such a tree fails here.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { checkImports } from './import-check.ts';
import { rules } from './import-rules.ts';

type Tree = Record<string, string>;

const sound: Tree = {
  'package.json': '{ "type": "module", "workspaces": ["server", "cli", "sdk"], "devDependencies": { "newman": "1" } }',
  'server/package.json': JSON.stringify({
    type: 'module',
    dependencies: { '@opentelemetry/api': '1', fastify: '1', jose: '1', kysely: '1', pg: '1', pino: '1' },
  }),
  'cli/package.json': '{ "type": "module" }',
  'sdk/package.json': '{ "type": "module" }',
  ...Object.fromEntries(
    ['fastify', 'jose', 'kysely', 'pg', 'pino', 'newman'].flatMap((name) => [
      [`node_modules/${name}/package.json`, `{ "name": "${name}", "version": "1.0.0", "main": "${name}.js" }`],
      [`node_modules/${name}/${name}.js`, 'module.exports = {};'],
    ]),
  ),
  'node_modules/@opentelemetry/api/package.json':
    '{ "name": "@opentelemetry/api", "version": "1.0.0", "main": "api.js" }',
  'node_modules/@opentelemetry/api/api.js': 'module.exports = {};',
  'cli/src/arca.ts': "import '../../server/src/main.ts'; import './client/connect.ts';",
  'cli/src/client/connect.ts': "import '../../../sdk/src/arca.ts';",
  'sdk/src/arca.ts': "import './errors.ts';",
  'sdk/src/errors.ts': 'export const error = 1;',
  'sdk/test/arca.test.ts': "import 'node:test'; import '../src/arca.ts'; import '../../server/test/start-safe.ts';",
  'server/src/main.ts':
    "import './config.ts'; import './http/app.ts'; import './jobs/close-lanes.ts'; import './admin/users.ts';",
  'server/src/config.ts': 'export const config = process.env;',
  'server/src/http/app.ts':
    "import 'fastify'; import './mysafe/routes.ts'; import './v1/items.ts'; import '../tracing/otlp.ts';",
  'server/src/tracing/otlp.ts': "import type {} from '@opentelemetry/api'; await import('@opentelemetry/api');",
  'server/src/http/mysafe/routes.ts': "import '../../actions/disable.ts'; import type {} from '../../domain/item.ts';",
  'server/src/http/v1/items.ts': "import '../../actions/disable.ts';",
  'server/src/jobs/close-lanes.ts': "import '../actions/disable.ts';",
  'server/src/admin/users.ts': "import '../actions/disable.ts';",
  'server/src/actions/disable.ts':
    "import '../storage/items.ts'; import '../crypto/seal.ts'; import '../domain/item.ts';",
  'server/src/storage/items.ts': "import 'kysely'; import 'pg'; import 'node:sqlite'; import '../domain/item.ts';",
  'server/src/crypto/seal.ts': "import 'node:crypto'; import './tokens.ts';",
  'server/src/crypto/tokens.ts': "import 'jose';",
  'server/src/domain/item.ts': "import 'node:net';",
  'server/src/import/read-file.ts': "import '../domain/item.ts'; import 'node:fs'; import './formats/csv.ts';",
  'server/src/import/formats/csv.ts': "import 'pino'; import '../../domain/item.ts';",
  'server/src/import/mysafe/call-mysafe.ts': "import 'node:https'; import '../../jobs/stream/call-out.ts';",
  'server/src/jobs/stream/call-out.ts': "import 'node:net';",
  'server/src/domain/item.test.ts': "import 'node:test'; import './item.ts'; import '../../test/start-safe.ts';",
  'web/src/app/main.ts': "import '../items/list.ts'; import '../users/people.ts';",
  'web/src/items/list.ts':
    "import '../ui/table.ts'; import '../api/arca.ts'; import '../session/use-session.ts'; import './row.ts';",
  'web/src/items/row.ts': "import '../text/words.ts';",
  'web/src/users/people.ts': "import '../api/arca.ts';",
  'web/src/session/use-session.ts': "import '../api/arca.ts';",
  'web/src/api/arca.ts': "import '../../../sdk/src/arca.ts'; import '../text/words.ts'; import '../ui/table.ts';",
  'web/src/ui/table.ts': "import '../text/words.ts';",
  'web/src/text/words.ts': 'export const words = 1;',
  'server/test/start-safe.ts': "import '../src/main.ts'; import 'kysely';",
};

const broken: Record<string, Tree[]> = {
  'domain-knows-only-itself': [
    { 'server/src/domain/item.ts': "import '../crypto/seal.ts';" },
    { 'server/src/domain/item.ts': "import type {} from '../crypto/seal.ts';" },
    { 'server/src/domain/item.ts': "import 'node:fs';" },
    { 'server/src/domain/item.ts': "import 'pino';" },
    { 'server/src/domain/item.ts': "import '../config.ts';" },
  ],
  'crypto-knows-only-node-crypto': [
    { 'server/src/crypto/seal.ts': "import './tokens.ts'; import 'node:fs';" },
    { 'server/src/crypto/seal.ts': "import './tokens.ts'; import '../domain/item.ts';" },
    { 'server/src/crypto/seal.ts': "import './tokens.ts'; import 'pino';" },
  ],
  'storage-knows-domain-and-crypto': [
    {
      'server/src/storage/items.ts': "import '../actions/enable.ts'; import '../domain/item.ts';",
      'server/src/actions/enable.ts': 'export const enable = 1;',
    },
    { 'server/src/storage/items.ts': "import '../config.ts'; import '../domain/item.ts';" },
  ],
  'import-knows-domain': [
    { 'server/src/import/formats/csv.ts': "import '../../crypto/seal.ts';" },
    { 'server/src/import/formats/csv.ts': "import '../../storage/items.ts';" },
    { 'server/src/import/read-file.ts': "import '../actions/disable.ts'; import './formats/csv.ts';" },
    { 'server/src/import/read-file.ts': "import '../config.ts'; import './formats/csv.ts';" },
    { 'server/src/import/mysafe/call-mysafe.ts': "import '../../jobs/close-lanes.ts';" },
  ],
  'files-are-read-offline': [
    { 'server/src/import/formats/csv.ts': "import 'node:net';" },
    { 'server/src/import/read-file.ts': "import '../jobs/stream/call-out.ts'; import './formats/csv.ts';" },
  ],
  'blobs-know-domain-and-crypto': [
    { 'server/src/blobs/folder.ts': "import '../storage/items.ts';", 'server/src/storage/items.ts': '' },
    {
      'server/src/blobs/folder.ts': "import '../actions/act.ts';",
      'server/src/actions/act.ts': 'export const act = 1;',
    },
  ],
  'actions-know-storage-crypto-domain': [
    { 'server/src/actions/disable.ts': "import '../storage/items.ts'; import '../crypto/seal.ts'; import 'node:fs';" },
    { 'server/src/actions/disable.ts': "import '../storage/items.ts'; import '../crypto/seal.ts'; import 'fastify';" },
    {
      'server/src/actions/disable.ts':
        "import '../storage/items.ts'; import '../crypto/seal.ts'; import '../http/shapes.ts';",
      'server/src/http/shapes.ts': 'export const shape = 1;',
    },
  ],
  'http-knows-actions-and-domain': [
    { 'server/src/http/v1/items.ts': "import '../../storage/items.ts';" },
    { 'server/src/http/v1/items.ts': "import '../../crypto/seal.ts';" },
  ],
  'jobs-know-actions-and-domain': [{ 'server/src/jobs/close-lanes.ts': "import '../storage/items.ts';" }],
  'admin-knows-actions-and-domain': [{ 'server/src/admin/users.ts': "import '../storage/items.ts';" }],
  'tracing-knows-nothing-of-the-safe': [
    { 'server/src/tracing/otlp.ts': "import '../domain/item.ts'; await import('@opentelemetry/api');" },
  ],
  'traces-are-loaded-if-set': [{ 'server/src/tracing/otlp.ts': "import '@opentelemetry/api';" }],
  'jose-only-in-tokens': [
    { 'server/src/crypto/seal.ts': "import './tokens.ts'; import 'jose';" },
    { 'server/src/http/app.ts': "import 'jose'; import './mysafe/routes.ts'; import './v1/items.ts';" },
  ],
  'only-storage-speaks-sql': [
    ...['kysely', 'pg', 'node:sqlite'].map((name) => ({ 'server/src/config.ts': `import '${name}';` })),
    { 'server/src/http/v1/items.ts': "import '../../actions/disable.ts'; import type {} from 'kysely';" },
  ],
  'mysafe-and-v1-are-strangers': [
    { 'server/src/http/mysafe/routes.ts': "import '../v1/items.ts'; import '../../actions/disable.ts';" },
    { 'server/src/http/v1/items.ts': "import '../mysafe/routes.ts'; import '../../actions/disable.ts';" },
  ],
  'nothing-imports-main': [
    {
      'server/src/restart.ts': "import './main.ts';",
      'cli/src/arca.ts': "import '../../server/src/main.ts'; import './run.ts';",
      'cli/src/run.ts': "import '../../server/src/admin/restart.ts';",
      'server/src/admin/restart.ts': "import '../actions/disable.ts';",
    },
  ],
  'server-knows-no-cli': [
    { 'server/src/config.ts': "import '../../cli/src/terminal.ts';", 'cli/src/terminal.ts': 'export const out = 1;' },
  ],
  'cli-enters-by-main-config-admin': [
    {
      'cli/src/arca.ts':
        "import './client/connect.ts'; import '../../server/src/main.ts'; import '../../server/src/actions/disable.ts';",
    },
  ],
  'client-commands-know-no-server': [
    { 'cli/src/client/connect.ts': "import '../../../sdk/src/arca.ts'; import '../../../server/src/config.ts';" },
    { 'cli/src/commands/run.ts': "import type {} from '../../../server/src/config.ts';" },
    { 'cli/src/commands/files/put.ts': "import type {} from '../../../../server/src/config.ts';" },
  ],
  'cli-enters-the-sdk-by-its-front': [
    {
      'cli/src/client/connect.ts':
        "import '../../../sdk/src/arca.ts'; import type {} from '../../../sdk/src/errors.ts';",
    },
  ],
  'sdk-knows-only-itself': [
    { 'sdk/src/errors.ts': "import '../../server/src/domain/item.ts';" },
    { 'sdk/src/errors.ts': "import type {} from '../../server/src/domain/item.ts';" },
    { 'sdk/src/errors.ts': "import 'node:crypto';" },
    { 'sdk/src/errors.ts': "import 'pino';" },
    {
      'sdk/src/errors.ts': "import '../test/clock.ts';",
      'sdk/test/clock.ts': 'export const now = 1;',
    },
  ],
  'text-knows-only-itself': [
    { 'web/src/text/words.ts': "import '../session/tabs.ts';", 'web/src/session/tabs.ts': 'export const tabs = 1;' },
    { 'web/src/text/words.ts': "import type {} from '../../../sdk/src/errors.ts';" },
  ],
  'ui-knows-only-text': [
    { 'web/src/ui/table.ts': "import '../session/tabs.ts';", 'web/src/session/tabs.ts': 'export const tabs = 1;' },
    { 'web/src/ui/table.ts': "import '../../../sdk/src/errors.ts';" },
    { 'web/src/ui/table.ts': "import('../session/tabs.ts');", 'web/src/session/tabs.ts': 'export const tabs = 1;' },
  ],
  'api-of-screens-knows-no-room': [
    { 'web/src/api/arca.ts': "import '../session/tabs.ts';", 'web/src/session/tabs.ts': 'export const tabs = 1;' },
  ],
  'rooms-use-doors': [
    { 'web/src/users/people.ts': "import '../items/row.ts';" },
    { 'web/src/users/people.ts': "import type {} from '../items/row.ts';" },
    { 'web/src/users/people.ts': "import '../app/frame.ts';", 'web/src/app/frame.ts': 'export const frame = 1;' },
    {
      'web/src/users/people.ts': "import '../session/tabs.ts';",
      'web/src/session/tabs.ts': 'export const tabs = 1;',
    },
  ],
  'screens-know-the-safe-by-the-sdk': [{ 'web/src/items/row.ts': "import '../../../server/src/domain/item.ts';" }],
  'source-knows-no-tests': [
    { 'server/src/config.ts': "import '../test/clock.ts';", 'server/test/clock.ts': 'export const now = 1;' },
  ],
  'source-reads-no-process-module': [{ 'server/src/main.ts': `${sound['server/src/main.ts']} import 'node:process';` }],
  'source-needs-no-tools': [{ 'server/src/main.ts': `${sound['server/src/main.ts']} import 'newman';` }],
  'no-cycle': [
    { 'server/src/domain/item.ts': "import './kind.ts';", 'server/src/domain/kind.ts': "import './item.ts';" },
    {
      'server/src/domain/item.ts': "import './kind.ts';",
      'server/src/domain/kind.ts': "import type {} from './item.ts';",
    },
  ],
  'no-orphan': [{ 'server/src/alone.ts': 'export const alone = 1;' }],
  'every-import-resolves': [{ 'server/src/config.ts': "import './gone.ts';" }],
};

const folders: string[] = [];
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

test('a sound tree breaks no rule', async () => {
  const { violations, modules } = await checkTree({});
  assert.deepEqual(violations, []);
  assert.ok(modules > 0);
});

test('a tree without files counts no module', async () => {
  const { modules } = await checkImports(await write({ 'server/package.json': '{}' }));
  assert.equal(modules, 0);
});

test('each rule has a tree that breaks it', () => {
  assert.deepEqual(Object.keys(broken).sort(), rules.map(({ name }) => name).sort());
});

for (const [rule, trees] of Object.entries(broken)) {
  for (const [at, tree] of trees.entries()) {
    test(`${rule} fires, ${at + 1} of ${trees.length}`, async () => {
      const { violations } = await checkTree(tree);
      assert.deepEqual([...new Set(violations.map((violation) => violation.rule))], [rule], JSON.stringify(violations));
    });
  }
}

async function checkTree(changes: Tree) {
  return checkImports(await write({ ...sound, ...changes }));
}

async function write(tree: Tree): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'imports-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(tree)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

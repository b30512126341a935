// Builds the screens unless they are built from just these sources: `npm start` calls it, so that a fresh clone opens whole.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const root = dirname(import.meta.dirname);
const built = join(root, 'web/dist');
const mark = join(built, '.sources');

const sources = [
  'web/src/**/*',
  'web/build/**/*',
  'web/public/**/*',
  'web/*.{ts,html,json}',
  'sdk/src/**/*',
  'package-lock.json',
];
const digest = createHash('sha256');
for (const file of globSync(sources, { cwd: root, withFileTypes: true }).filter((one) => one.isFile())) {
  const path = join(file.parentPath, file.name);
  digest.update(`${path.slice(root.length)}\0`).update(readFileSync(path));
}
const wanted = digest.digest('hex');

if (!existsSync(mark) || readFileSync(mark, 'utf8') !== wanted) {
  const vite = join(root, 'node_modules/.bin/vite');
  const { status, stderr } = spawnSync(vite, ['build', '--logLevel', 'error'], {
    cwd: join(root, 'web'),
    encoding: 'utf8',
  });
  if (status !== 0) {
    console.error(stderr);
    console.error('The screens could not be built; the API does not need them: `npx arca serve` starts without.');
    process.exit(1);
  }
  // Once here rather than at each request; the server sends them to whoever takes Brotli.
  for (const file of globSync('assets/*.{js,css,svg}', { cwd: built })) {
    const content = readFileSync(join(built, file));
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    writeFileSync(join(built, `${file}.br`), brotliCompressSync(content, { params }));
  }
  writeFileSync(mark, wanted);
}

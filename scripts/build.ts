// Builds what `npm start` serves, each part unless it is built from just these sources: the screens to web/dist, and the
// command with the server in it to cli/dist. With --packages also the bundles of packages that the tests load.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { bundleCommand } from './bundle-command.ts';
import { bundlePackages } from './bundle-packages.ts';
import { bundledPackages, packagesFolder } from './bundled-packages.ts';

const root = dirname(import.meta.dirname);

const screens = [
  'web/src/**/*',
  'web/build/**/*',
  'web/public/**/*',
  'web/*.{ts,html,json}',
  'sdk/src/**/*',
  'package-lock.json',
];
const command = ['{server,cli,sdk}/src/**/*', 'scripts/bundle-command.ts', 'package-lock.json'];
const packages = ['scripts/bundle{,d}-packages.ts', 'package-lock.json'];

await build(join(root, 'web/dist'), screens, buildScreens);
await build(join(root, 'cli/dist'), command, () => bundleCommand(root, join(root, 'cli/dist')));
if (process.argv.includes('--packages')) {
  await build(packagesFolder, packages, () => bundlePackages(root, packagesFolder, bundledPackages));
}

/** Builds a folder, and marks it with the digest of what it was built from. */
async function build(folder: string, sources: readonly string[], make: () => Promise<void> | void): Promise<void> {
  const mark = join(folder, '.sources');
  const digest = createHash('sha256');
  for (const file of globSync(sources, { cwd: root, withFileTypes: true }).filter((one) => one.isFile())) {
    const path = join(file.parentPath, file.name);
    digest.update(`${path.slice(root.length)}\0`).update(readFileSync(path));
  }
  const wanted = digest.digest('hex');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  // A build that is cut short must not be taken for the one before it, should its sources come back.
  rmSync(mark, { force: true });
  await make();
  writeFileSync(mark, wanted);
}

function buildScreens(): void {
  const { status, stderr } = spawnSync(join(root, 'node_modules/.bin/vite'), ['build', '--logLevel', 'error'], {
    cwd: join(root, 'web'),
    encoding: 'utf8',
  });
  if (status !== 0) {
    console.error(stderr);
    console.error('The screens could not be built; the API does not need them: `npx arca serve` starts without.');
    process.exit(1);
  }
  // Once here rather than at each request; the server sends them to whoever takes Brotli.
  const built = join(root, 'web/dist');
  for (const file of globSync('assets/*.{js,css,svg}', { cwd: built })) {
    const content = readFileSync(join(built, file));
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    writeFileSync(join(built, `${file}.br`), brotliCompressSync(content, { params }));
  }
}

// Installs the locked packages when they are missing or outdated, and is silent when they are not.
// Plain JavaScript without dependencies: it must run on the host's Node, 20 or later, before anything is installed.
//
//   node scripts/install.mjs                 everything; for tests and tools
//   node scripts/install.mjs --runtime       content with what `npm ci --omit=dev` installs
//   node scripts/install.mjs FOLDER          a folder with a lock file of its own

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const oldestInstallingNode = [20, 0];
const oldestRunningNode = [24, 7]; // crypto.argon2

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const folder = resolve(root, process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? '.');
const runtimeOnly = flags.includes('--runtime');

if (isOlder(process.versions.node, oldestInstallingNode)) {
  fail(`Arca needs Node ${oldestInstallingNode[0]} or later to install; this is ${process.version}.`);
}
if (!isInstalled(folder)) {
  install(folder);
  if (existsSync(ownNode()) && !starts(ownNode())) rmSync(ownNode());
}
if (folder === root && bringsNode() && !existsSync(ownNode())) takeSpareNode();
if (folder === root && !existsSync(ownNode()) && isOlder(process.versions.node, oldestRunningNode)) {
  fail(
    `Arca runs on Node ${oldestRunningNode.join('.')} or later and this is ${process.version}. ` +
      'It brings its own for Linux with glibc on x64 and arm64, in its optional packages; elsewhere install one.',
  );
}

/** Whether node_modules holds what the lock file asks for on this platform, by npm's own record of what it installed. */
function isInstalled(place) {
  const wanted = readPackages(join(place, 'package-lock.json'));
  const installed = readPackages(join(place, 'node_modules', '.package-lock.json'));
  if (wanted === undefined) fail(`${join(place, 'package-lock.json')} is missing or cannot be read.`);
  if (installed === undefined) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    if (found === undefined) return isExpendable(entry);
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/** Packages that npm may rightly have left out: those of other platforms, and the tools where only the runtime is asked for. */
function isExpendable(entry) {
  return entry.optional || entry.devOptional || (runtimeOnly && entry.dev);
}

function install(place) {
  if (process.env.ARCA_ROOT_KEY !== undefined) {
    fail(
      'ARCA_ROOT_KEY is in the environment, where packages being installed could read it: unset it, run `npm ci`, then try again.',
    );
  }
  const result = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: place,
    env: { ...process.env, PATH: hostPath() },
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    fail(
      `Installing the packages in ${place} failed (npm ci: ${result.error?.message ?? result.signal ?? `exit ${result.status}`}).`,
    );
  }
}

/**
 * Node from version 25 on needs libatomic.so.1, which a Debian may be without, and an ordinary user may not install. The
 * LTS version before it serves as well. On another C library neither starts: there the host's Node serves.
 */
function takeSpareNode() {
  const place = join(root, 'scripts', 'spare-node');
  if (!isInstalled(place)) install(place);
  const spare = join(place, 'node_modules', '.bin', 'node');
  if (!existsSync(spare) || !starts(spare)) return;
  rmSync(ownNode(), { force: true });
  symlinkSync(relative(dirname(ownNode()), spare), ownNode());
}

/** Whether the packages hold a Node for this platform, be it one that does not start here. */
function bringsNode() {
  return existsSync(join(root, 'node_modules', `node-${process.platform}-${process.arch}`));
}

function starts(node) {
  return spawnSync(node, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** PATH without our own Node, which `npm ci` deletes while it works. */
function hostPath() {
  const ours = join('node_modules', '.bin');
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((entry) => !entry.endsWith(sep + ours))
    .join(delimiter);
}

function ownNode() {
  return join(root, 'node_modules', '.bin', 'node');
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function isOlder(version, [wantedMajor, wantedMinor]) {
  const [major, minor] = version.split('.').map(Number);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

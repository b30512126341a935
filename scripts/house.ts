// Rules of the house that no linter knows: names that say nothing, files too long, work left undone.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const longest = 400;
const sayingNothing = /^(utils?|helpers?|common|shared|misc|base|managers?|services?|index)$/;
const source = /\.(ts|mts|cts|js|mjs|cjs|tsx|css)$/;
const notOurs = /^(\.git|data|coverage|\.cache|(cli|sdk|web)\/dist)$|(^|\/)node_modules$|\.log$/;
const lockFile = /(^|\/)package-lock\.json$/;
// The words are put together here, so that this file does not find itself.
const leftUndone = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].join('|')})\\b`);
const registryHost = new RegExp(['registry', '(npmjs|yarnpkg)', '(org|com)'].join('\\.'));

/** One line per offence of the file, in words. */
export function findOffences(file: string, text: string, isExecutable: boolean): string[] {
  const offences: string[] = [];
  const isSource = source.test(file);
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const parts = [...dirname(file).split('/'), basename(file).replace(/\..*$/, '')];
  const empty = parts.find((part) => sayingNothing.test(part));
  if (isSource && empty !== undefined) offences.push(`"${empty}" says nothing: name what it holds`);
  if (isSource && lines.length > longest)
    offences.push(`${lines.length} lines, more than ${longest}: two rooms in one?`);
  if (text.startsWith('#!') !== isExecutable) {
    offences.push(isExecutable ? 'is executable without a #! line' : 'has a #! line and is not executable');
  }
  for (const [at, line] of lines.entries()) {
    if (isSource && leftUndone.test(line)) offences.push(`line ${at + 1}: work left undone belongs into an issue`);
    if (registryHost.test(line)) offences.push(`line ${at + 1}: names a package registry's host`);
    if (lockFile.test(file) && /"resolved": "https?:/.test(line))
      offences.push(`line ${at + 1}: holds a download address`);
  }
  return offences;
}

/** All files but what .gitignore keeps out; without asking git, so that it works on an unpacked archive too. */
function listFiles(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (notOurs.test(path)) return [];
    if (entry.isDirectory()) return listFiles(root, path);
    return entry.isFile() ? [path] : [];
  });
}

if (import.meta.main) {
  const root = dirname(import.meta.dirname);
  const files = listFiles(root);
  const offences = files.flatMap((file) => {
    const path = join(root, file);
    const isExecutable = (statSync(path).mode & 0o100) !== 0;
    return findOffences(file, readFileSync(path, 'utf8'), isExecutable).map((offence) => `${file}: ${offence}`);
  });
  for (const offence of offences) console.error(offence);
  if (files.length === 0) console.error('No file was read: the check checks nothing.');
  else console.log(`${files.length} files, ${offences.length} offences`);
  process.exitCode = offences.length > 0 || files.length === 0 ? 1 : 0;
}

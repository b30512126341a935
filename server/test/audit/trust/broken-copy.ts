import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const server = fileURLToPath(new URL('../../../', import.meta.url));

/** What is replaced in the server's source: a text that must be there exactly once. */
export type Break = readonly [file: string, text: string, instead: string];

/**
 * A copy of the server's source in which checks are broken on purpose, to show that a test finds nothing without them.
 * `load` imports one of its files.
 */
export function brokenCopy(breaks: readonly Break[]): { load<M>(file: string): Promise<M>; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'arca-broken-'));
  const copy = join(folder, 'server');
  cpSync(join(server, 'src'), join(copy, 'src'), { recursive: true });
  cpSync(join(server, 'package.json'), join(copy, 'package.json'));
  symlinkSync(join(server, '..', 'node_modules'), join(folder, 'node_modules'));
  if (existsSync(join(server, 'node_modules'))) symlinkSync(join(server, 'node_modules'), join(copy, 'node_modules'));
  for (const [file, text, instead] of breaks) {
    const path = join(copy, 'src', file);
    const source = readFileSync(path, 'utf8');
    assert.equal(source.split(text).length, 2, `${file} holds this once: ${text}`);
    writeFileSync(
      path,
      source.replace(text, () => instead),
    );
  }
  return {
    load: (file) => import(pathToFileURL(join(copy, 'src', file)).href),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

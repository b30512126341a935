// npm run generate: writes sdk/src/generated from the server's own table of operations.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openApiDocument } from '../server/src/http/v1/openapi.ts';
import { operations } from '../server/src/http/v1/operations.ts';
import { problemRows } from '../server/src/http/v1/problems.ts';
import type { Document } from './sdk-types/document.ts';
import { sdkFiles } from './sdk-types/sdk-files.ts';

const root = dirname(import.meta.dirname);
export const generatedFolder = join(root, 'sdk', 'src', 'generated');

/** What the folder of generated files should hold, by name. */
export function generatedFiles(): Record<string, string> {
  // Only the descriptions are looked at; none is run.
  const document = openApiDocument(operations({} as never), '') as unknown as Document;
  const files = sdkFiles(
    document,
    problemRows.map(({ code }) => code),
  );
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, formatted(name, text)]));
}

function formatted(name: string, text: string): string {
  const { status, stdout, stderr } = spawnSync(
    join(root, 'node_modules', '.bin', 'biome'),
    ['check', '--write', `--stdin-file-path=sdk/src/generated/${name}`],
    { cwd: root, input: text, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${name} cannot be formatted: ${stderr}`);
  return stdout;
}

if (import.meta.main) {
  const files = generatedFiles();
  mkdirSync(generatedFolder, { recursive: true });
  for (const old of readdirSync(generatedFolder)) if (!(old in files)) rmSync(join(generatedFolder, old));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(generatedFolder, name), text);
  console.log(`${Object.keys(files).length} files in sdk/src/generated`);
}

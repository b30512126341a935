import { globSync } from 'node:fs';
import { join } from 'node:path';

/** The files of the app that end so, with their whole paths. */
export function appSources(ending: string): string[] {
  const src = join(import.meta.dirname, '../src');
  return globSync(`**/*${ending}`, { cwd: src })
    .sort()
    .map((file) => join(src, file));
}

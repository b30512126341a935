// npm run size -w web: what the first visit loads, compressed; fails above the limit. Run the build before.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { appFolder } from './preview.ts';

type Chunk = { file: string; imports?: string[]; css?: string[]; isEntry?: boolean };
type FileSize = { file: string; raw: number; gzip: number; brotli: number };

/**
 * Bytes of script, gzipped, over a cold cache: what the sign-in needs, and what is there once the home is shown. Of what
 * comes when the page is calm, and of other rooms, nothing counts.
 */
export const limits = { signIn: 200_000, home: 200_000 };

const needed = {
  signIn: { modules: [], words: 'first' },
  home: { modules: ['src/app/inside.tsx'], words: 'home' },
};

/** The files that a first visit needs up to there, and each one's size. Of the languages one is loaded: the largest counts. */
export function measure(folder: string, upTo: keyof typeof limits): FileSize[] {
  const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const reach = (names: string[]) => {
    const files = new Set<string>();
    const add = (name: string) => {
      const chunk = manifest[name];
      if (chunk === undefined) throw new Error(`The build has no ${name}.`);
      if (files.has(chunk.file)) return;
      files.add(chunk.file);
      for (const file of chunk.css ?? []) files.add(file);
      for (const imported of chunk.imports ?? []) add(imported);
    };
    for (const name of names) add(name);
    return [...files].map((file) => sizeOf(folder, file));
  };
  const entries = Object.keys(manifest).filter((name) => manifest[name]?.isEntry);
  const { modules, words } = needed[upTo];
  const inLanguage = ['en', 'pt-BR'].map((language) =>
    reach([...entries, ...modules, `src/text/${language}/first.ts`, `src/text/${language}/${words}.ts`]),
  );
  return inLanguage.reduce((one, other) => (scriptOf(one).gzip > scriptOf(other).gzip ? one : other));
}

export function scriptOf(files: FileSize[]): { raw: number; gzip: number; brotli: number } {
  const scripts = files.filter(({ file }) => file.endsWith('.js'));
  const sum = (of: 'raw' | 'gzip' | 'brotli') => scripts.reduce((total, file) => total + file[of], 0);
  return { raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli') };
}

function sizeOf(folder: string, file: string) {
  const content = readFileSync(join(folder, file));
  return {
    file,
    raw: content.length,
    gzip: gzipSync(content, { level: 9 }).length,
    brotli: brotliCompressSync(content).length,
  };
}

if (import.meta.main) {
  if (!existsSync(join(appFolder, 'manifest.json'))) throw new Error('Nothing is built: npm run build -w web');
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
  const line = (name: string, { raw, gzip, brotli }: Omit<FileSize, 'file'>) =>
    process.stdout.write(`${kilobytes(raw)}${kilobytes(gzip)}${kilobytes(brotli)}  ${name}\n`);
  process.stdout.write('       raw      gzip    brotli\n');
  for (const file of measure(appFolder, 'home')) line(file.file, file);
  for (const upTo of ['signIn', 'home'] as const) {
    const script = scriptOf(measure(appFolder, upTo));
    line(
      `all script up to the ${upTo === 'home' ? 'home' : 'sign-in'} (limit ${limits[upTo] / 1000} kB gzipped)`,
      script,
    );
    if (script.gzip > limits[upTo]) process.exitCode = 1;
  }
}

// npm run size -w web: what the first visit loads, compressed; fails above the limit. Run the build before.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { appFolder } from './preview.ts';

type Chunk = { file: string; imports?: string[]; css?: string[]; isEntry?: boolean };

// Bytes of script, gzipped: what it is today must not grow. The aim is 200,000.
const limit = 256_000;

/** The files that a first visit needs, and each one's size. Of the languages one is loaded: the largest counts. */
export function measure(folder: string): { file: string; raw: number; gzip: number; brotli: number }[] {
  const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const files = new Set<string>();
  const add = (name: string) => {
    const chunk = manifest[name];
    if (chunk === undefined || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const file of chunk.css ?? []) files.add(file);
    for (const imported of chunk.imports ?? []) add(imported);
  };
  for (const [name, chunk] of Object.entries(manifest)) if (chunk.isEntry) add(name);
  add('src/session/sign-in.tsx'); // what a first visit sees
  const words = ['src/text/en/first.ts', 'src/text/pt-BR/first.ts'].map((name) => manifest[name]?.file ?? name);
  const sizes = words.map((file) => sizeOf(folder, file)).sort((a, b) => b.gzip - a.gzip);
  return [...[...files].map((file) => sizeOf(folder, file)), ...sizes.slice(0, 1)];
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
  const files = measure(appFolder);
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
  const line = (name: string, raw: number, gzip: number, brotli: number) =>
    process.stdout.write(`${kilobytes(raw)}${kilobytes(gzip)}${kilobytes(brotli)}  ${name}\n`);
  process.stdout.write('       raw      gzip    brotli\n');
  for (const { file, raw, gzip, brotli } of files) line(file, raw, gzip, brotli);
  const scripts = files.filter(({ file }) => file.endsWith('.js'));
  const sum = (of: 'raw' | 'gzip' | 'brotli') => scripts.reduce((total, file) => total + file[of], 0);
  line(`all script at the first load (limit ${limit / 1000} kB gzipped)`, sum('raw'), sum('gzip'), sum('brotli'));
  process.exitCode = sum('gzip') > limit ? 1 : 0;
}

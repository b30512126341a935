// npm run check: everything that can be said about the code without running it. Parts that fail show what they print.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
// TypeScript 7 takes a quarter of the time that 6 does; what reads our sources by its API has none in 7 yet.
const tsc = join(root, 'node_modules/typescript-native/bin/tsc');

const parts: { name: string; command: string[] }[] = [
  { name: 'types', command: [tsc, '-p', '.'] },
  { name: 'types of the screens', command: [tsc, '-p', 'web'] },
  { name: 'unused', command: [bin('knip'), '--no-progress'] },
  { name: 'imports', command: [process.execPath, 'scripts/import-check.ts'] },
  {
    name: 'lint, format',
    command: [bin('biome'), 'check', '--error-on-warnings', '--reporter=concise', '--max-diagnostics=none'],
  },
  { name: 'house rules', command: [process.execPath, 'scripts/house.ts'] },
];

const atOnce = 2;
const start = performance.now();
const queue = [...parts];
const failed: string[] = [];
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    for (let part = queue.shift(); part !== undefined; part = queue.shift())
      if (!(await holds(part))) failed.push(part.name);
  }),
);
console.log(`check: ${failed.length === 0 ? 'all holds' : `${failed.join('; ')} failed`}, ${seconds(start)}`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function holds({ name, command: [file = '', ...options] }: (typeof parts)[number]): Promise<boolean> {
  const begin = performance.now();
  const child = spawn(file, options, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}, ${seconds(begin)}${code === 0 ? '' : `\n${output}`}`);
  return code === 0;
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

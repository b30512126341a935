import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const root = resolve(import.meta.dirname, '../..');

/**
 * The command as one program of few files: a transcript starts dozens of processes, each of which would find and read
 * some seven hundred modules. What it runs is the same; what it asks of its own place is told as the sources' place.
 * In a folder that stays, so that what Node compiled of it is kept for the next run; `name` names it, for it is emptied
 * first and another file's tests may run at the same time. Gives the path of the program.
 */
export async function bundleCommand(name: string): Promise<string> {
  const bundle = await rolldown({
    input: join(root, 'cli/src/arca.ts'),
    platform: 'node',
    // By whose names in a stack a broken backup is told from a fault of ours.
    external: [/^age-encryption/, /^@noble\//],
    // Of packages: what is told of them is not for us to mend.
    logLevel: 'silent',
    plugins: [
      {
        name: 'sources-place',
        transform(code, id) {
          if (!id.endsWith('.ts')) return null;
          return code
            .replaceAll('import.meta.dirname', JSON.stringify(dirname(id)))
            .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href));
        },
      },
    ],
  });
  const dir = join(root, 'node_modules/.cache', `arca-${name}`);
  await bundle.write({ dir, format: 'esm', cleanDir: true });
  await bundle.close();
  return join(dir, 'arca.js');
}

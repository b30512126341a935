import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
import { adjacencyGraphs, packedLists } from '../server/src/strength/word-lists.ts';

/**
 * The command, and the server with it, as one program of few files: as sources it is some 1,500 modules, its packages'
 * among them, and to find and read each takes twice the time until the safe is ready and 10 to 20 MB that stay. What
 * is loaded when first needed stays apart, and so do the threads' programs.
 */
export async function bundleCommand(root: string, folder: string): Promise<void> {
  const bundle = await rolldown({
    input: join(root, 'cli/src/arca.ts'),
    platform: 'node',
    // Of packages: what is told of them is not for us to mend.
    logLevel: 'silent',
    // The demo is not in every place that is built from: without its folder there is no such command.
    external: (id) => id === './demo/serve-demo.ts' && !existsSync(join(root, 'cli/src/commands/demo')),
    plugins: [packedWords(), ownFiles(root, folder), plainHttp()],
  });
  await bundle.write({
    dir: folder,
    format: 'esm',
    cleanDir: true,
    chunkFileNames: '[name]-[hash].js',
    codeSplitting: {
      // By whose names in a stack a broken backup is told from a fault of ours.
      groups: [{ name: 'age-encryption', test: /node_modules\/(age-encryption|@noble)\// }],
    },
  });
  await bundle.close();
  chmodSync(join(folder, 'arca.js'), 0o755);
}

/**
 * A file that a module names beside itself, `new URL('./name', import.meta.url)`, comes beside the program: a thread's
 * program bundled, others as they are. Whoever asks for the folder of a module is told that of its source.
 */
function ownFiles(root: string, folder: string): Plugin {
  return {
    name: 'own-files',
    transform(code, id) {
      if (!id.startsWith(root) || id.includes('node_modules') || !id.endsWith('.ts')) return null;
      const beside = code.replaceAll(/new URL\('\.\/([^']+)', import\.meta\.url\)/g, (_, name: string) => {
        const path = resolve(dirname(id), name);
        const fileName = basename(name).replace(/\.ts$/, '.js');
        if (name.endsWith('.ts')) this.emitFile({ type: 'chunk', id: path, fileName });
        else this.emitFile({ type: 'asset', fileName, source: readFileSync(path) });
        return `new URL('./${fileName}', import.meta.url)`;
      });
      const place = relative(folder, dirname(id));
      const isProgram = id === join(root, 'cli/src/arca.ts');
      return isProgram ? beside : beside.replaceAll('import.meta.dirname', `\`\${import.meta.dirname}/${place}\``);
    },
  };
}

/** The thread that judges passwords gets its tables as files, rather than the lists that they are made of. */
function packedWords(): Plugin {
  const id = '\0packed-words';
  return {
    name: 'packed-words',
    resolveId: (source) => (source === './word-lists.ts' ? id : null),
    load(asked) {
      if (asked !== id) return null;
      const reads = Object.entries(packedLists()).map(([name, source]) => {
        const fileName = `judged-${name}.bin`;
        this.emitFile({ type: 'asset', fileName, source });
        return `${name}: readFileSync(new URL('./${fileName}', import.meta.url))`;
      });
      return `import { readFileSync } from 'node:fs';
        export const packedLists = () => ({ ${reads.join(', ')} });
        export const adjacencyGraphs = ${JSON.stringify(adjacencyGraphs)};`;
    },
  };
}

/**
 * Whoever imports `node:http` as a module gets all of its exports looked at, WebSocket among them, for which Node loads
 * its whole client: 50 ms and some megabytes of each start. The bundle takes what it needs of it by name.
 */
function plainHttp(): Plugin {
  const id = '\0plain-http';
  const names = Object.entries(Object.getOwnPropertyDescriptors(process.getBuiltinModule('node:http')))
    .filter(([, described]) => 'value' in described)
    .map(([name]) => name);
  return {
    name: 'plain-http',
    resolveId: (source, _importer, { kind }) => (source === 'node:http' && kind === 'import-statement' ? id : null),
    load: (asked) =>
      asked === id ? `export const { ${names.join(', ')} } = process.getBuiltinModule('node:http');` : null,
  };
}

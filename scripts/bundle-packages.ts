import { join } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';

/** Makes a bundle of each of these packages, with one copy of what they share: `fastify.js`, `typebox/compile.js`. */
export async function bundlePackages(root: string, folder: string, packages: readonly string[]): Promise<void> {
  const bundle = await rolldown({
    input: Object.fromEntries(packages.map((name) => [name, `${asked}${name}`])),
    platform: 'node',
    // Of packages: what is told of them is not for us to mend.
    logLevel: 'silent',
    plugins: [allExports(join(root, 'server/src/main.ts'))],
  });
  await bundle.write({ dir: folder, format: 'esm', cleanDir: true, chunkFileNames: 'parts/[name]-[hash].js' });
  await bundle.close();
}

const asked = '\0package:';

/** Whoever imports a CommonJS package gets the names that Node finds in it, not those that the bundler does. */
function allExports(from: string): Plugin {
  return {
    name: 'all-exports',
    resolveId(source, importer) {
      if (source.startsWith(asked)) return source;
      return importer?.startsWith(asked) ? this.resolve(source, from) : null;
    },
    async load(id) {
      if (!id.startsWith(asked)) return null;
      const name = id.slice(asked.length);
      const names = Object.keys(await import(name)).filter((one) => one !== 'module.exports');
      return `export { ${names.join(', ')} } from ${JSON.stringify(name)};`;
    },
  };
}

/**
 * `NODE_OPTIONS` by which a server that was built says on its log which packages it loads, a line each such as
 * `loads pg`: the bundler heads what comes of a module by its path.
 */
export const tellingOfPackages = `--import=data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  import { writeSync } from 'node:fs';
  registerHooks({ load(url, context, next) {
    const loaded = next(url, context);
    const paths = String(loaded.source ?? '').matchAll(/^\\/\\/ (?:server\\/)?node_modules\\/((?:@[^/]+\\/)?[^/]+)/gm);
    for (const name of new Set([...paths].map(([, name]) => name))) writeSync(1, 'loads ' + name + '\\n');
    return loaded;
  } })`)}`;

// Loaded before a test file, for most of the time until its first test is spent on finding some 1,500 modules. Gives our
// own modules the bundles that bundle-packages.ts made, in place of the packages; a package that needs another one gets
// what npm has installed for it. Of our own files it takes the path at its word: Node would look at each folder above.

import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundledPackages, packagesFolder } from './bundled-packages.ts';

const places = new Map(bundledPackages.map((name) => [name, pathToFileURL(join(packagesFolder, `${name}.js`)).href]));

registerHooks({
  resolve(specifier, context, next) {
    const { parentURL, conditions } = context;
    if (!parentURL || parentURL.includes('/node_modules/') || !conditions.includes('import')) {
      return next(specifier, context);
    }
    if (/^\.\.?\/.*\.ts$/.test(specifier)) {
      return { url: new URL(specifier, parentURL).href, format: 'module-typescript', shortCircuit: true };
    }
    const url = places.get(specifier);
    return url === undefined ? next(specifier, context) : { url, format: 'module', shortCircuit: true };
  },
});

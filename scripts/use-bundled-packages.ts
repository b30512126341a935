// Loaded before a test file: gives our own modules the bundles that bundle-packages.ts made, in place of the packages.
// A package that needs another one gets what npm has installed for it.

import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundledPackages, packagesFolder } from './bundled-packages.ts';

const places = new Map(bundledPackages.map((name) => [name, pathToFileURL(join(packagesFolder, `${name}.js`)).href]));

registerHooks({
  resolve(specifier, context, next) {
    const url = places.get(specifier);
    const isOurs = context.conditions.includes('import') && !context.parentURL?.includes('/node_modules/');
    return url !== undefined && isOurs ? { url, format: 'module', shortCircuit: true } : next(specifier, context);
  },
});

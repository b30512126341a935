import { dirname, join } from 'node:path';

/**
 * Packages of hundreds of modules that nearly every test file loads with the server: each module is looked for, read and
 * linked anew in each of some 250 processes. As bundles they take half the time until a file's first test begins.
 */
export const bundledPackages = [
  '@fastify/static',
  'fastify',
  'jose',
  'kysely',
  'pg',
  'pino',
  'rate-limiter-flexible',
  'typebox',
  'typebox/compile',
  'typebox/value',
];

export const packagesFolder = join(dirname(import.meta.dirname), 'node_modules/.cache/arca-packages');

// The safe as `arca serve` serves it, its log on standard output; settings come from the environment.

import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { endWithParent, tellParent } from './parent.ts';

// The same as the command's: without it every start compiles all of the server, in time and memory that no user pays.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'arca'));

const { readConfig } = await import('../server/src/config.ts');
const { serve } = await import('../server/src/main.ts');
const release = endWithParent();
await serve(readConfig(), (line) => {
  const url = /^Arca is open at (\S+)$/.exec(line)?.[1];
  if (url) tellParent(url);
});
release();

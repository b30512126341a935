// The safe as it is served, its log on standard output; settings come from the environment.

import { readConfig } from '../server/src/config.ts';
import { serve } from '../server/src/main.ts';
import { endWithParent, tellParent } from './parent.ts';

const release = endWithParent();
await serve(readConfig(), (line) => {
  const url = /^Arca is open at (\S+)$/.exec(line)?.[1];
  if (url) tellParent(url);
});
release();

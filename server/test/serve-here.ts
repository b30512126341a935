// Runs in a process of its own, for tests that kill a server or set limits on it: serves what the environment says.

import { readConfig } from '../src/config.ts';
import { serve } from '../src/main.ts';

await serve(readConfig(), (line) => process.stderr.write(`${line}\n`));

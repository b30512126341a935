#!/usr/bin/env node
import { run } from './run.ts';

// Whatever a command makes is for its own account alone.
process.umask(0o077);
process.exitCode = await run(process.argv.slice(2));

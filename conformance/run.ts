// npm run conformance: plays the MySafe exchanges against any server and prints what differs from what clients expect.
// docs/reference/conformance.md says what is checked, and what is not.

import { conform } from './conform.ts';
import { NotOpen } from './open-session.ts';
import { readOptions, UsageProblem, usage } from './options.ts';
import { exitCodeOf, reportJson, reportText } from './report.ts';

const interrupted = new AbortController();
// Only the first time: a second one ends the process as usual.
process.once('SIGINT', () => interrupted.abort());

// A reader who has enough closes the pipe.
process.stdout.on('error', () => undefined);

try {
  // biome-ignore lint/style/noProcessEnv: a secret in the environment is in no list of processes; nothing else reads it
  process.exitCode = await main(process.argv.slice(2), process.env);
} catch (thrown) {
  if (thrown instanceof UsageProblem) say(`${thrown.message}\n\n${usage}`);
  else if (thrown instanceof NotOpen) say(thrown.message);
  else say((thrown as Error).stack ?? String(thrown));
  process.exitCode = 2;
}

async function main(texts: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const options = readOptions(texts, environment);
  const { protocol, hostname } = options.target.url;
  if (protocol === 'http:' && !/^(localhost|127\..*|\[::1\])$/.test(hostname)) {
    say('The secret travels unencrypted: --url begins with http.');
  }
  const report = await conform(options, interrupted.signal, say);
  process.stdout.write(options.json ? reportJson(report) : reportText(report));
  return exitCodeOf(report);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

// Runs inside each test process that test.ts starts: writes what became of each test as a line of JSON.

import type { TestEvent } from 'node:test/reporters';
import { inspect } from 'node:util';

export type Outcome =
  | { what: 'passed' | 'skipped' | 'failed'; name: string; reason: string }
  /** What the runner has to say beside the tests, such as an error after the last of them. */
  | { what: 'note'; reason: string }
  /** The last line of a file that ran to its end. */
  | { what: 'ended' };

// When test.ts is gone, however it went, nobody reads the answers: end this process and what it started.
process.once('disconnect', () => process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL'));
process.channel?.unref();

export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const names: string[] = [];
  for await (const event of events) {
    if (event.type === 'test:start') names.splice(event.data.nesting, Number.POSITIVE_INFINITY, event.data.name);
    const outcome = read(event, names);
    if (outcome) yield `${JSON.stringify(outcome)}\n`;
  }
}

function read(event: TestEvent, names: string[]): Outcome | undefined {
  if (event.type === 'test:summary') return { what: 'ended' };
  if (event.type === 'test:diagnostic') {
    return isOwnCount(event.data.message) ? undefined : { what: 'note', reason: event.data.message };
  }
  if (event.type !== 'test:pass' && event.type !== 'test:fail') return undefined;
  const { nesting, details, skip, todo } = event.data;
  const name = names.slice(0, nesting + 1).join(' › ');
  if (event.type === 'test:fail') {
    const { error } = event.data.details;
    const isSuite = details.type === 'suite';
    if (isSuite && 'failureType' in error && error.failureType === 'subtestsFailed') return undefined; // they are counted
    return { what: 'failed', name, reason: explain(error) };
  }
  if (details.type === 'suite') return undefined;
  if (skip !== undefined || todo !== undefined) return { what: 'skipped', name, reason: `${skip || todo}` };
  return { what: 'passed', name, reason: '' };
}

function isOwnCount(message: string): boolean {
  return /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/.test(message);
}

/** The message with the difference, and the stack without the runner's own frames. */
function explain(error: Error): string {
  const cause = 'failureType' in error && error.cause ? error.cause : error;
  return inspect(cause, { depth: 6, compact: false, colors: false })
    .split('\n')
    .filter((line) => !/^\s+at .*(node:internal|\(node:)/.test(line))
    .join('\n');
}

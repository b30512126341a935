import pino, { type Logger } from 'pino';

/**
 * The log of a command that has the safe open itself: what went wrong beneath a refusal, one line of words each. An
 * error gives its stack without its message, which may hold a value.
 */
export function commandLog(say: (line: string) => void): Logger {
  const options = { level: 'error', base: null, timestamp: false, serializers: { err: frames } };
  return pino(options, { write: (line) => say(inWords(JSON.parse(line))) });
}

function inWords({ msg, err, level: _, requestId: __, ...rest }: Record<string, unknown>): string {
  const told = Object.entries(rest).map(([name, value]) => `${name} ${value}`);
  return [[msg, ...told].join(', '), ...((err as string[] | undefined) ?? [])].join('\n');
}

function frames(thrown: unknown): string[] {
  if (!(thrown instanceof Error)) return [typeof thrown];
  // A message of several lines stands in the stack whole.
  const calls = (thrown.stack ?? '').split('\n').filter((line) => /^ +at /.test(line));
  return [thrown.name, ...calls];
}

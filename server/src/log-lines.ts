import pino from 'pino';

/** Where a log's lines go, each with its line feed. */
export type LogLines = { write(line: string): void; flushSync(): void };

/**
 * Writes lines to a file descriptor, those of one turn of the event loop together: a batch of answers leaves in one turn,
 * and a call of the system for each of their lines costs as much as checking who may read. What waits when the process
 * ends by itself is still written.
 */
export function openLogLines(fd: number): LogLines {
  const file = pino.destination({ dest: fd, sync: false });
  let waiting = '';
  const flush = (): void => {
    if (waiting === '') return;
    file.write(waiting);
    waiting = '';
  };
  const lines: LogLines = {
    write(line) {
      if (waiting === '') setImmediate(flush);
      waiting += line;
    },
    flushSync() {
      flush();
      file.flushSync();
    },
  };
  process.once('exit', () => lines.flushSync());
  return lines;
}

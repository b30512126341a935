import { spawn } from 'node:child_process';
import { join } from 'node:path';

type Ended = { code: number | null; out: string; told: string };
type Running = {
  said(pattern: RegExp): Promise<string>;
  end(signal: NodeJS.Signals): void;
  /** All of its stdin. */
  type(text: string): void;
  ended: Promise<Ended>;
};

const arca = join(import.meta.dirname, '../src/arca.ts');

/** Runs the real command in a process of its own, with this folder as its home; what it says can be waited for. */
export function runArca(home: string, ...args: string[]): Running {
  const { PATH } = process.env;
  const child = spawn(process.execPath, [arca, ...args], {
    env: { PATH, HOME: home, XDG_CONFIG_HOME: join(home, '.config'), NO_PROXY: '*' },
  });
  let [out, told] = ['', ''];
  const hear = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text;
    for (const one of hear) one();
  });
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, out, told })));
  return {
    ended,
    end: (signal) => void child.kill(signal),
    type: (text) => void child.stdin.end(text),
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(told);
          if (found) resolve(found[1] ?? found[0]);
        };
        hear.add(look);
        look();
        void ended.then(() => reject(new Error(`the command ended: ${told}`)));
      }),
  };
}

/** The code that `arca login` shows. */
export const shownCode = /^ {4}([A-Z]{4}-[A-Z]{4})$/m;

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type CurlAnswer = {
  status: number;
  /** What curl says the answer's protocol was, such as `1.1`. */
  version: string;
  /** New connections that this transfer needed; 0 when an older one served. */
  connects: number;
  text: string;
  json: unknown;
};

type WriteOut = { http_code: number; http_version: string; num_connects: number };

/** Runs curl as a user of the shell would and gives an answer for each URL; throws with its words when it fails. */
export async function curlEach(...options: string[]): Promise<CurlAnswer[]> {
  const { stdout } = await run('curl', ['-sS', '--max-time', '20', '-w', '\n%{json}\n', ...options], {
    // A proxy or a curlrc of whoever runs the tests must not get between.
    env: { PATH: process.env.PATH, HOME: '/nonexistent', NO_PROXY: '*' },
    maxBuffer: 16 * 1024 * 1024,
  });
  const lines = stdout.trimEnd().split('\n');
  const answers: CurlAnswer[] = [];
  for (let at = 0; at < lines.length; at += 2) {
    const text = lines[at] ?? '';
    const said = JSON.parse(lines[at + 1] ?? '') as WriteOut;
    const { http_code: status, http_version: version, num_connects: connects } = said;
    answers.push({ status, version, connects, text, json: text === '' ? undefined : JSON.parse(text) });
  }
  return answers;
}

/** The same for one URL. */
export async function curl(...options: string[]): Promise<CurlAnswer> {
  const [answer, ...more] = await curlEach(...options);
  if (answer === undefined || more.length > 0) throw new Error('curl gave not one answer');
  return answer;
}

let hasJson: Promise<boolean> | undefined;

/** `--json`, or what the manual says it is short for where curl is older than 7.82. */
export async function jsonOptions(data: string): Promise<string[]> {
  hasJson ??= run('curl', ['--help', 'all']).then(({ stdout }) => stdout.includes('--json'));
  if (await hasJson) return ['--json', data];
  return ['--data-binary', data, '-H', 'Content-Type: application/json', '-H', 'Accept: application/json'];
}

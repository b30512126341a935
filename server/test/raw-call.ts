import { request } from 'node:http';
import type { Answer, TestSafe } from './start-safe.ts';
import { checkAnswer } from './start-wire.ts';

type RawHeaders = Record<string, string | string[]>;

/**
 * A call that `fetch` would refuse or tidy up: a GET with a body, a path that is no proper URL, any method. The body is
 * sent with a Content-Length unless the headers say otherwise.
 */
export function rawCall(
  safe: TestSafe,
  method: string,
  path: string,
  headers: RawHeaders = {},
  body: string | Uint8Array = '',
): Promise<Answer> {
  const { hostname, port } = new URL(safe.url);
  const length =
    body.length === 0 || 'transfer-encoding' in headers ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, method, path, headers: { ...length, ...headers }, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('error', reject);
        response.on('end', () => {
          const pairs = Object.entries(response.headers).map(([name, value]): [string, string] => [
            name,
            String(value),
          ]);
          const answer = { status: response.statusCode ?? 0, headers: new Headers(pairs), text, json: parsed(text) };
          try {
            checkAnswer(method, path, answer);
            resolve(answer);
          } catch (thrown) {
            reject(thrown);
          }
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { type ClientRequest, type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { silenceOf } from './silence.ts';

export type Answer = {
  status: number;
  headers: Readonly<Record<string, string>>;
  text: string;
  /** Undefined when the text is no JSON. */
  json: unknown;
};

/** Why there is no answer, in one sentence without its full stop. */
export type Silence = { silence: string };

export type Target = {
  /** Scheme, host and whatever path the server lives below. */
  url: URL;
  /** PEM of the authorities to trust beside none else. */
  ca: string | null;
  insecure: boolean;
  seconds: number;
};

export type Call = (sent: SentRequest) => Promise<Answer | Silence>;
type SentRequest = {
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string | Buffer;
};

const largestAnswer = 64 * 1024 * 1024;

export function isSilence(answer: Answer | Silence): answer is Silence {
  return 'silence' in answer;
}

/**
 * Sends one request as it is: fetch would tidy up paths, refuse a GET with a body, and follow a redirect, to whom the
 * credentials are no business. A connection each, so that one that the server closed meanwhile is no difference.
 */
export function makeCall(target: Target): Call {
  return async ({ method, path, headers, body }) => {
    const { url } = target;
    const length = body.length > 0 || method !== 'GET' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
    const signal = AbortSignal.timeout(target.seconds * 1000);
    const options = {
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port || undefined,
      path: `${url.pathname.replace(/\/$/, '')}${path}`,
      method,
      headers: { 'user-agent': 'arca-conformance', accept: 'application/json', ...length, ...headers },
      agent: false,
      signal,
    } as const;
    const tls = { ...(target.ca === null ? {} : { ca: target.ca }), rejectUnauthorized: !target.insecure };
    const sent = url.protocol === 'https:' ? requestTls({ ...options, ...tls }) : requestPlain(options);
    try {
      return await answerTo(sent, body);
    } catch (thrown) {
      if (signal.aborted) return { silence: `${url.host} did not answer within ${target.seconds} s` };
      return { silence: silenceOf(thrown as NodeJS.ErrnoException, url) };
    }
  };
}

function answerTo(sent: ClientRequest, body: string | Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', (response) => readAnswer(response).then(resolve, reject));
    sent.end(body);
  });
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > largestAnswer) throw Object.assign(new Error('too large'), { code: 'TOO_LARGE' });
    pieces.push(piece);
  }
  const text = Buffer.concat(pieces).toString('utf8');
  const headers = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  return { status: response.statusCode ?? 0, headers: Object.fromEntries(headers), text, json: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

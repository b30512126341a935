import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type S3Server = {
  url: string;
  objects: Map<string, Buffer>;
  /** What was asked, such as `PUT /bucket/ab12… 200`. */
  asked: string[];
  /** Answers every request with this status from now on; null for what is right. */
  failWith(status: number | null): void;
  close(): Promise<void>;
};

const region = 'us-east-1';
export const credentials = { id: 'AKEXAMPLE0001', secret: 'a secret of the bucket, made up' };

/**
 * A small S3: PUT, GET with one range, HEAD and DELETE of objects, for requests whose Signature Version 4 holds. It computes
 * the signature by the published rules, from what arrives and from nothing of ours.
 */
export async function startS3(): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const asked: string[] = [];
  let failing: number | null = null;
  const server = createServer((request, response) => {
    const answer = (status: number, headers: Record<string, string> = {}, body: Buffer | string = '') => {
      asked.push(`${request.method} ${request.url} ${status}`);
      response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
    };
    if (failing !== null) {
      request.resume();
      return answer(failing, {}, '<Error><Code>InternalError</Code><Key>a-key</Key></Error>');
    }
    if (!isSigned(request)) {
      request.resume();
      return answer(403, {}, '<Error><Code>SignatureDoesNotMatch</Code></Error>');
    }
    void serve(request, response, objects, answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/bucket/arca`,
    objects,
    asked,
    failWith: (status) => {
      failing = status;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  objects: Map<string, Buffer>,
  answer: (status: number, headers?: Record<string, string>, body?: Buffer | string) => void,
): Promise<void> {
  const { method, url: key = '' } = request;
  if (method === 'PUT') {
    const length = Number(request.headers['content-length'] ?? 'none');
    if (Number.isNaN(length)) return answer(411);
    const pieces: Buffer[] = [];
    try {
      for await (const piece of request) pieces.push(piece as Buffer);
    } catch {
      // Half a body makes no object.
      response.destroy();
      return;
    }
    const body = Buffer.concat(pieces);
    if (body.length !== length) return answer(400);
    objects.set(key, body);
    return answer(200, { etag: '"x"' });
  }
  const found = objects.get(key);
  if (method === 'DELETE') {
    objects.delete(key);
    return answer(204);
  }
  if (!found) return answer(404, {}, '<Error><Code>NoSuchKey</Code></Error>');
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  if (from === undefined) return answer(200, { 'content-length': String(found.length) }, found);
  if (Number(from) >= found.length) return answer(416);
  const part = found.subarray(Number(from), Number(to) + 1);
  const range = `bytes ${from}-${Number(from) + part.length - 1}/${found.length}`;
  answer(206, { 'content-range': range, 'content-length': String(part.length) }, part);
}

/** AWS Signature Version 4 of a header-signed request. */
function isSigned({ method = '', url = '', headers }: IncomingMessage): boolean {
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
  const [, id, day = '', where, names = '', signature = ''] = form.exec(headers.authorization ?? '') ?? [];
  const time = String(headers['x-amz-date']);
  const age = Date.now() - Date.parse(time.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (id !== credentials.id || where !== region || !(Math.abs(age) < 900_000) || !time.startsWith(day)) return false;
  const signed = names.split(';');
  if (!signed.includes('host') || !signed.includes('x-amz-content-sha256')) return false;
  const lines = signed.map((name) => `${name}:${String(headers[name]).trim()}\n`).join('');
  const [path, query = ''] = url.split('?');
  const request = [method, path, query, lines, names, headers['x-amz-content-sha256']].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(request).digest('hex')].join('\n');
  const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${credentials.secret}`);
  return timingSafeEqual(Buffer.from(signature, 'hex'), hmac(key, text));
}

import { once } from 'node:events';
import { type ClientRequest, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AwsV4Signer } from 'aws4fetch';
import { BlobMissing, type BlobStore, BlobStoreFault, mustBeBlobId } from './blob-store.ts';

export type Bucket = {
  /** Of the bucket, with a prefix if wished: `https://s3.example.com/bucket/prefix` or `https://bucket.s3.example.com`. */
  url: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Authorities in place of the usual ones (PEM). */
  ca: Buffer | null;
  /** Resolves a host once, to an address that the safe may call. Throws when it may not. */
  resolve(host: string): Promise<{ address: string; isListed: boolean }>;
};

/** What waits to be sent is held longer than its piece counts. */
async function* copied(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const piece of bytes) yield Buffer.from(piece);
}

type Call = { method: 'PUT' | 'GET' | 'HEAD' | 'DELETE'; id: string; headers?: Record<string, string> };

/** How long the bucket may stay silent, in the middle of an answer too. */
const patience = 30_000;

/**
 * Blobs as objects of an S3-compatible bucket, which several nodes share. An object appears whole or not at all: S3 says so
 * of PUT, and the length is told first. What goes there is sealed, so bodies are signed by their length alone.
 */
export function s3Store(bucket: Bucket): BlobStore {
  return {
    async put(id, size, bytes) {
      const request = await begin(bucket, { method: 'PUT', id, headers: { 'content-length': String(size) } });
      const answered = answerOf(request);
      // What fails here is told by the sending; it must not be unheard until then.
      answered.catch(() => undefined);
      try {
        await pipeline(Readable.from(copied(bytes), { objectMode: false, highWaterMark: 256 * 1024 }), request);
      } catch (thrown) {
        // A bucket that refuses answers before it has read all.
        const early = await Promise.race([answered, Promise.resolve(null)]).catch(() => null);
        request.destroy();
        if (early) throw refusalOf(early);
        throw asFault(thrown);
      }
      await drained(await answered, 200);
    },
    async *read(id, from, to) {
      if (from >= to) return;
      const request = await begin(bucket, { method: 'GET', id, headers: { range: `bytes=${from}-${to - 1}` } });
      const answer = await answerOf(request);
      try {
        if (answer.statusCode === 404) throw new BlobMissing();
        // Behind the end of an object there is nothing: it was cut.
        if (answer.statusCode === 416) return;
        if (answer.statusCode !== 206) throw refusalOf(answer);
        yield* answer as AsyncIterable<Buffer>;
      } catch (thrown) {
        throw asFault(thrown);
      } finally {
        answer.destroy();
      }
    },
    async size(id) {
      const answer = await answerOf(await begin(bucket, { method: 'HEAD', id }));
      answer.resume();
      if (answer.statusCode === 404) return null;
      if (answer.statusCode !== 200) throw refusalOf(answer);
      return Number(answer.headers['content-length']);
    },
    async remove(id) {
      const answer = await answerOf(await begin(bucket, { method: 'DELETE', id }));
      await drained(answer, 204, 200, 404);
    },
  };
}

/** Signs the request and opens it to the address that was checked. No redirect is followed, for none is looked for. */
async function begin(bucket: Bucket, { method, id, headers = {} }: Call): Promise<ClientRequest> {
  mustBeBlobId(id);
  const url = new URL(`${bucket.url}/${id}`);
  const { region, accessKeyId, secretAccessKey, ca } = bucket;
  const signer = new AwsV4Signer({
    method,
    url: url.href,
    headers,
    service: 's3',
    region,
    accessKeyId,
    secretAccessKey,
  });
  const signed = Object.fromEntries((await signer.sign()).headers as unknown as Iterable<[string, string]>);
  const { address, isListed } = await bucket.resolve(url.hostname).catch((thrown: Error) => {
    throw new BlobStoreFault(`the bucket: ${thrown.message}`);
  });
  const isTls = url.protocol === 'https:';
  if (!isTls && !isListed) throw new BlobStoreFault('http is for buckets that ARCA_OUTBOUND_ALLOWED lists');
  const bare = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const options: RequestOptions = {
    method,
    host: address,
    port: url.port === '' ? (isTls ? 443 : 80) : Number(url.port),
    path: url.pathname,
    headers: { ...headers, ...signed, host: url.host },
    timeout: patience,
  };
  const tls = { ...(isIP(bare) ? {} : { servername: bare }), ...(ca === null ? {} : { ca }) };
  const request = isTls ? httpsRequest({ ...options, ...tls }) : httpRequest(options);
  request.on('timeout', () => request.destroy(new BlobStoreFault('the bucket does not answer')));
  if (method !== 'PUT') request.end();
  return request;
}

async function answerOf(request: ClientRequest): Promise<IncomingMessage> {
  try {
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    return answer;
  } catch (thrown) {
    throw asFault(thrown);
  } finally {
    // What fails after the answer shows in the answer.
    request.on('error', () => undefined);
  }
}

async function drained(answer: IncomingMessage, ...wanted: number[]): Promise<void> {
  answer.resume();
  if (!wanted.includes(answer.statusCode ?? 0)) throw refusalOf(answer);
  await once(answer, 'end').catch((thrown) => Promise.reject(asFault(thrown)));
}

/** Its body may hold names of buckets and keys: only the status is told. */
function refusalOf({ statusCode }: IncomingMessage): BlobStoreFault {
  return new BlobStoreFault(`the bucket answered ${statusCode}`);
}

function asFault(thrown: unknown): unknown {
  const { code, syscall, message } = thrown as NodeJS.ErrnoException;
  const isOfLine = syscall !== undefined || ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(code ?? '');
  return isOfLine ? new BlobStoreFault(`the bucket cannot be reached: ${code ?? message}`) : thrown;
}

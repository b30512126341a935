import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerOptions, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Refusal } from '../domain/errors.ts';
import { envelopeOf } from './mysafe/errors.ts';

/** One MiB: the wire's limit for a body. */
export const bodyLimit = 1024 * 1024;

/** On every answer; pages and the reference have a policy of their own. */
export const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

// What Node and Fastify would answer in words of their own, or with no body at all, is brought back to the way that
// every other request goes: a client of the wire refuses an answer without the envelope.

/**
 * What Node watches by itself. The interval is how late it may notice that a request takes too long. Of two different
 * times Node grants the longer one to a body: both are given, and the same.
 */
export function serverOptions(requestMilliseconds: number): ServerOptions {
  return {
    requestTimeout: requestMilliseconds,
    headersTimeout: requestMilliseconds,
    connectionsCheckingInterval: 1000,
    requireHostHeader: false,
  };
}

/** A path that cannot be decoded is taken letter by letter, so that it meets the checks of the route it leads to. */
export function readableUrl({ url = '/' }: { url?: string }): string {
  if (!url.includes('%')) return url;
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return path.replaceAll('%', '%25') + url.slice(path.length);
  }
}

const mediaType = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+[ \t]*(;|$)/;

/** A content type that is none counts as absent: its body is read as what it looks like. */
export function setAsideContentType({ raw: { headers, method } }: FastifyRequest): void {
  const type = headers['content-type'];
  // Fastify asks a type of QUERY even where no route takes that method.
  if (type === undefined ? method === 'QUERY' : !mediaType.test(type))
    headers['content-type'] = 'application/octet-stream';
}

/** RFC 9112, section 3.2: a request of HTTP/1.1 names its host. */
export function lacksHost({ raw: { httpVersion, headers } }: FastifyRequest): boolean {
  return httpVersion === '1.1' && headers.host === undefined;
}

/** The answer to the latest request on each connection, given or not. */
const latestAnswer = new WeakMap<Socket, ServerResponse>();

/** Sees to what must be known of a request, or done with it, before Fastify has it. */
export function watchRequests({ server }: FastifyInstance): void {
  // Before Fastify hears of it, whose answer may be gone at once.
  server.prependListener('request', ({ socket, headers }: IncomingMessage, response: ServerResponse) => {
    latestAnswer.set(socket, response);
    // After an upgrade that was not taken Node hears no mistake any more: what follows would wait for its time-out.
    if (headers.upgrade !== undefined) response.shouldKeepAlive = false;
  });
  // No tunnel is offered. Node would close without a word, and hears no error of a socket that it gave away.
  server.on('connect', (_request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => socket.destroy());
    server.emit('clientError', Object.assign(new Error('no tunnel'), { code: 'CONNECT' }), socket);
  });
  // An expectation that we cannot meet is passed over, as RFC 9110 allows; Node answers 417 without a body.
  server.on('checkExpectation', (request: IncomingMessage, response) => void server.emit('request', request, response));
}

const longestPassed = 64 * 1024 * 1024;

/**
 * Lets a body that is too large pass by unread, up to 64 MiB, in place of closing while the client still sends: it would
 * see a broken connection and not the answer.
 */
export function letBodyPass(request: FastifyRequest, reply: FastifyReply): void {
  const length = Number(request.headers['content-length']);
  if (!(length <= longestPassed)) return;
  // Where the connection ends in any case, as after an upgrade that was not taken, the answer says so.
  if (request.headers.upgrade === undefined) reply.removeHeader('connection');
  request.raw.resume();
}

/** Errors that Fastify throws before a handler runs. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const { code } = error as { code?: string };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Refusal('body_too_large', { limit: bodyLimit });
  // A body that ends before it is whole: the client went away or was too slow, and hears no answer.
  const cutShort = code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH' || code === 'ECONNRESET';
  return new Refusal(cutShort ? 'body_unreadable' : 'unexpected', {});
}

/** Answers what is not HTTP, came too slowly, or has headers past the limit, and closes. */
export function refuseUnreadable(log: Logger) {
  const refuse = (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const before = latestAnswer.get(socket);
    if (before?.req.complete && !before.writableFinished) {
      // What follows a whole request on the same connection must not be answered in its place.
      before.once('finish', () => refuse(error, socket));
      return;
    }
    const requestId = randomUUID();
    const { status, body } = envelopeOf(new Refusal('body_unreadable', {}));
    log.info({ requestId, status, cause: error.code, address: socket.remoteAddress }, 'unreadable request');
    const text = JSON.stringify(body);
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
      ...securityHeaders,
      'X-Request-Id': requestId,
      Connection: 'close',
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} Bad Request\r\n${lines.join('')}\r\n${text}`);
  };
  return refuse;
}

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Safe } from '../actions/safe.ts';
import { Refusal } from '../domain/errors.ts';
import type { Settings } from '../settings.ts';
import { health } from './health.ts';
import { envelopeOf, sendRefusal } from './mysafe/errors.ts';
import { mysafe } from './mysafe/routes.ts';
import { oauth2 } from './oauth2/routes.ts';
import { startThrottle } from './throttle.ts';

/** One MiB: the wire's limit for a body. */
const bodyLimit = 1024 * 1024;

const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The safe's HTTP server, not yet listening. */
export function buildApp(safe: Safe, settings: Settings): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit,
    requestTimeout: settings.requestSeconds * 1000,
    // A proxy's word about a client counts only from the proxies that the operator named.
    trustProxy: settings.trustedProxies.length > 0 ? settings.trustedProxies : false,
    genReqId: () => randomUUID(),
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 1000 },
    // A path that cannot be decoded leads nowhere.
    frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) =>
      void sendRefusal(reply, new Refusal('route_unknown', {})),
    clientErrorHandler: refuseUnreadable,
    ...tlsOf(settings),
  } as object);

  const headers =
    settings.tlsCert === null
      ? securityHeaders
      : { ...securityHeaders, 'strict-transport-security': 'max-age=31536000; includeSubDomains' };
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers);
    reply.header('x-request-id', request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    safe.log.info(lineOf(request, reply.statusCode, reply.elapsedTime), 'request');
    done();
  });

  // Bodies arrive as bytes whatever they call themselves: each dialect reads them after its own checks.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.setNotFoundHandler((_request, reply) => sendRefusal(reply, new Refusal('route_unknown', {})));
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.code === 'unexpected') safe.log.error({ requestId: request.id, err: error }, 'unexpected error');
    return sendRefusal(reply, refusal);
  });

  const throttle = startThrottle(settings);
  for (const prefix of ['/api', '/iso']) {
    app.register(oauth2(safe, settings, throttle), { prefix: `${prefix}/oauth2` });
    app.register(mysafe(safe, settings, throttle), { prefix: `${prefix}/mysafe` });
  }
  app.register(health(safe));
  return app;
}

/** What the log keeps of a request, by allow-list: the route's pattern rather than the path, and no query. */
function lineOf(request: FastifyRequest, status: number, milliseconds: number) {
  return {
    requestId: request.id,
    method: request.method,
    route: request.routeOptions.url ?? null,
    status,
    ms: Math.round(milliseconds * 100) / 100,
    address: request.ip,
  };
}

function tlsOf(settings: Settings): object {
  const { tlsCert, tlsKey } = settings;
  if (tlsCert === null || tlsKey === null) return {};
  return {
    https: {
      cert: readFileSync(tlsCert),
      key: readFileSync(tlsKey),
      minVersion: 'TLSv1.2',
      // Client certificates are asked for and known by their fingerprint alone; which are allowed is each key's matter.
      requestCert: true,
      rejectUnauthorized: false,
    },
  };
}

/** Errors that Fastify throws before a handler runs. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const { code } = error as { code?: string };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Refusal('body_too_large', { limit: bodyLimit });
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH') return new Refusal('body_unreadable', {});
  return new Refusal('unexpected', {});
}

/** Answers what is not HTTP, or has headers past the limit, and closes. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, body } = envelopeOf(new Refusal('body_unreadable', {}));
  const text = JSON.stringify(body);
  socket.end(
    `HTTP/1.1 ${status} Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  );
}

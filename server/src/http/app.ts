import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import packageJson from '../../package.json' with { type: 'json' };
import type { Safe } from '../actions/safe.ts';
import { knownAddress } from '../domain/address.ts';
import { Refusal } from '../domain/errors.ts';
import type { Settings } from '../settings.ts';
import type { Tracing } from '../tracing/otlp.ts';
import { device } from './device/routes.ts';
import { health } from './health.ts';
import { startRequestFigures } from './metrics/request-figures.ts';
import { metrics } from './metrics/routes.ts';
import { sendRefusal } from './mysafe/errors.ts';
import { mysafe } from './mysafe/routes.ts';
import { oauth2 } from './oauth2/routes.ts';
import {
  bodyLimit,
  lacksHost,
  readableUrl,
  refusalOf,
  refuseUnreadable,
  securityHeaders,
  serverOptions,
  setAsideContentType,
  watchRequests,
} from './odd-requests.ts';
import { reference } from './reference/routes.ts';
import { startThrottle } from './throttle.ts';
import { traceRequests } from './trace-requests.ts';
import { v1 } from './v1/api.ts';
import { openApiDocument } from './v1/openapi.ts';
import { operations } from './v1/operations.ts';
import { problemRows } from './v1/problems.ts';
import { builtPages, servePages } from './web/pages.ts';

const overTlsOnly = 'max-age=31536000; includeSubDomains';

/** The safe's HTTP server, not yet listening. */
export function buildApp(safe: Safe, settings: Settings, tracing: Tracing | null = null): FastifyInstance {
  const requestTimeout = settings.requestSeconds * 1000;
  const app = Fastify({
    logger: false,
    bodyLimit,
    requestTimeout,
    // A proxy's word about a client counts only from the proxies that the operator named.
    trustProxy: settings.trustedProxies.length > 0 ? settings.trustedProxies : false,
    genReqId: () => randomUUID(),
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    // What still comes over a connection at work while the safe closes is answered like the rest, and is its last.
    return503OnClosing: false,
    // As long as Node lets the whole of a request's headers be: how long an identifier may be is a route's matter.
    routerOptions: { maxParamLength: 16 * 1024 },
    rewriteUrl: readableUrl,
    frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) =>
      void sendRefusal(reply, new Refusal('route_unknown', {})),
    clientErrorHandler: refuseUnreadable(safe.log),
    http: serverOptions(requestTimeout),
    ...tlsOf(settings),
  } as object);
  watchRequests(app);
  app.server.on('connection', () => safe.store.expect());
  if (tracing !== null) traceRequests(app, tracing);

  const isBehindTls = settings.tlsCert !== null || settings.publicUrl?.startsWith('https:') === true;
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(securityHeaders);
    // By what the operator set, or by the word of a proxy that he named.
    if (isBehindTls || request.protocol === 'https') reply.header('strict-transport-security', overTlsOnly);
    reply.header('x-request-id', request.id);
    setAsideContentType(request);
    if (!lacksHost(request)) return done();
    reply.header('connection', 'close');
    done(new Refusal('body_unreadable', {}));
  });
  const figures = startRequestFigures();
  app.addHook('onResponse', (request, reply, done) => {
    // Asked for once: it is made anew each time.
    const route = request.routeOptions.url ?? null;
    const milliseconds = reply.elapsedTime;
    figures.add(request.method, route, reply.statusCode, milliseconds);
    safe.log.info(lineOf(request, route, reply.statusCode, milliseconds), 'request');
    done();
  });

  // Bodies arrive as bytes whatever they call themselves: each dialect reads them after its own checks.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  const pages = servePages(app, settings.pagesDir ?? builtPages);
  app.setNotFoundHandler((request, reply) =>
    pages?.answers(request) ? pages.send(reply.code(200)) : sendRefusal(reply, new Refusal('route_unknown', {})),
  );
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
  app.register(device(safe, settings, throttle), { prefix: '/api/device' });
  const own = operations({ safe, settings, throttle });
  app.register(v1(own, safe, settings, throttle), { prefix: '/api/v1' });
  app.register(reference(() => openApiDocument(own, packageJson.version), problemRows));
  app.register(health(safe));
  app.register(metrics(safe, settings, throttle, figures));
  return app;
}

/** What the log keeps of a request, by allow-list: the route's pattern rather than the path, and no query. */
function lineOf(request: FastifyRequest, route: string | null, status: number, milliseconds: number) {
  return {
    requestId: request.id,
    method: request.method,
    route,
    status,
    ms: Math.round(milliseconds * 100) / 100,
    address: knownAddress(request.ip),
  };
}

function tlsOf(settings: Settings): object {
  const { tlsCert, tlsKey } = settings;
  if (tlsCert === null || tlsKey === null) return {};
  return {
    https: {
      ...serverOptions(settings.requestSeconds * 1000),
      cert: readFileSync(tlsCert),
      key: readFileSync(tlsKey),
      minVersion: 'TLSv1.2',
      // Client certificates are asked for and known by their fingerprint alone; which are allowed is each key's matter.
      requestCert: true,
      rejectUnauthorized: false,
    },
  };
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RequestSpan, Tracing } from '../tracing/otlp.ts';
import { within } from '../tracing/spans.ts';
import { labelOf } from './metrics/request-figures.ts';

/** Tells of each request: its method, the pattern of its route and its status, and nothing that a caller sent. */
export function traceRequests(app: FastifyInstance, tracing: Tracing): void {
  const spans = new WeakMap<FastifyRequest, RequestSpan>();
  app.addHook('onRequest', (request, _reply, done) => {
    const span = tracing.request(request.headers.traceparent);
    spans.set(request, span);
    within(span, done);
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { method, id, protocol } = request;
    const { url } = request.routeOptions;
    const route = url === undefined || url === '*' ? null : labelOf(url);
    spans.get(request)?.answered({ method, route, status: reply.statusCode, id, isTls: protocol === 'https' });
    done();
  });
}

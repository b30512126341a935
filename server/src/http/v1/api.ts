import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { checkSession } from '../../actions/check-session.ts';
import type { Context, Safe } from '../../actions/safe.ts';
import { isRefusal, Refusal, refuse } from '../../domain/errors.ts';
import type { Settings } from '../../settings.ts';
import { contextOf } from '../call.ts';
import { letBodyPass, refusalOf } from '../odd-requests.ts';
import type { Throttle } from '../throttle.ts';
import { checked, checkedTexts } from './check-request.ts';
import { credentialOf, mustComeFromHere } from './credential.ts';
import type { Operation, Reply } from './operation.ts';
import { sendProblem } from './problems.ts';

/** Our own API: each operation of the table becomes a route, all by the same steps. */
export function v1(all: readonly Operation[], safe: Safe, settings: Settings, throttle: Throttle) {
  async function answer(one: Operation, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const plain = await contextOf(safe, settings, request);
    const credential = credentialOf(plain, request);
    try {
      const late = throttle.calls(plain.origin.address, credential, +safe.clock());
      if (late) throw late;
      const ctx: Context = { ...plain, credential, repeat: one.repeatable ? repeatOf(request) : null };
      if (credential.kind === 'none' || credential.kind === 'unreadable') {
        const wait = one.access === 'anyone' ? null : await throttle.mustWait(plain.origin.address);
        if (wait) throw wait;
      }
      if (one.method !== 'GET') mustComeFromHere(request, credential, settings);
      return send(one, request, reply, await one.run(await callOf(one, ctx, request)));
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      const isBad = thrown.code === 'token_invalid' || thrown.code === 'token_missing';
      const wait = isBad ? await throttle.failed(plain.origin.address, '') : null;
      if (one.bodyMedia !== undefined) letBodyPass(request, reply);
      return sendProblem(reply, wait ?? thrown);
    }
  }

  /** A stranger does not make the safe hold a large body: he is sent away before it is read. */
  const largeBodies = ({ most, mayBegin }: NonNullable<Operation['largeBody']>) => ({
    bodyLimit: most,
    onRequest: async (request: FastifyRequest, reply: FastifyReply) => {
      try {
        const plain = await contextOf(safe, settings, request);
        await mayBegin({ ...plain, credential: credentialOf(plain, request) });
      } catch (thrown) {
        letBodyPass(request, reply);
        throw thrown;
      }
    },
  });

  return (app: FastifyInstance, _options: object, done: () => void): void => {
    const route = (on: FastifyInstance, one: Operation) =>
      on.route({
        method: one.method,
        url: one.path.replaceAll(/\{(\w+)\}/g, ':$1'),
        handler: (request, reply) => answer(one, request, reply),
        ...(one.largeBody === undefined ? {} : largeBodies(one.largeBody)),
      });
    for (const one of all.filter(({ bodyMedia }) => bodyMedia === undefined)) route(app, one);
    app.register((streaming, _streamingOptions, streamingDone) => {
      streaming.removeAllContentTypeParsers();
      // Left unread: who asks is checked before his first byte is taken.
      streaming.addContentTypeParser('*', (_request, _body, taken) => taken(null, undefined));
      for (const one of all.filter(({ bodyMedia }) => bodyMedia !== undefined)) route(streaming, one);
      streamingDone();
    });
    app.setErrorHandler((error, request, reply) => {
      const refusal = refusalOf(error);
      if (isRefusal(refusal, 'body_too_large')) {
        letBodyPass(request, reply);
        return sendProblem(reply, new Refusal('body_too_large', { limit: request.routeOptions.bodyLimit ?? 0 }));
      }
      if (refusal.code === 'unexpected') safe.log.error({ requestId: request.id, err: error }, 'unexpected error');
      return sendProblem(reply, refusal);
    });
    app.setNotFoundHandler((request, reply) => {
      const allowed = methodsOf(all, request.url);
      return sendProblem(
        reply,
        allowed.length > 0 ? new Refusal('method_unknown', { allowed }) : new Refusal('route_unknown', {}),
      );
    });
    done();
  };
}

/** Checks a request against the operation's schemas. Who sends a wrong one without a credential that counts hears that. */
async function callOf(one: Operation, ctx: Context, request: FastifyRequest) {
  try {
    return {
      ctx,
      request,
      params: one.params ? checkedTexts(one.params, request.params) : {},
      query: one.query ? checkedTexts(one.query, request.query) : {},
      body: one.body ? checked(one.body, bodyOf(one, request)) : undefined,
      revision: one.conditional ? revisionOf(request) : null,
    };
  } catch (thrown) {
    if (one.access !== 'anyone') await checkSession(ctx);
    throw thrown;
  }
}

function bodyOf(one: Operation, request: FastifyRequest): unknown {
  const bytes = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
  if (bytes.length === 0) return one.bodyOptional ? {} : refuse('body_unreadable', {});
  const [media = ''] = (request.headers['content-type'] ?? '').split(';');
  if (!/^application\/(json|[\w.-]+\+json)$/i.test(media.trim())) refuse('media_type_unknown', {});
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return refuse('body_unreadable', {});
  }
}

/** The revision in an If-Match: an ETag is `"7"`, or `"7.…"` as a read gives it; `*` is any. */
function revisionOf(request: FastifyRequest): number | null {
  const header = request.headers['if-match'];
  if (header === undefined || header.trim() === '*') return null;
  const [, revision] = /^(?:W\/)?"(\d{1,15})(?:\.[\w-]+)?"$/.exec(header.trim()) ?? [];
  return revision === undefined ? refuse('revision_unreadable', {}) : Number(revision);
}

const longestKey = 255;

/** The digest binds an idempotency key to the request that came with it first. */
function repeatOf(request: FastifyRequest): Context['repeat'] {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key === '') return null;
  if (key.length > longestKey) {
    refuse('request_invalid', { errors: [{ field: 'Idempotency-Key', why: `longer than ${longestKey} characters` }] });
  }
  const body = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
  return { key, request: hash('sha256', Buffer.concat([Buffer.from(`${request.method} ${request.url}\n`), body])) };
}

function send(
  one: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
  { body, status, revision, headers, media }: Reply,
) {
  reply.headers({ ...headers }).code(status ?? one.status);
  if (one.answer === null) return reply.send();
  if (one.media !== undefined) return reply.type(media ?? one.media).send(body);
  const text = JSON.stringify(body);
  if (one.method === 'GET') {
    // What is shown beside an item's own state may change without a new revision, so the digest is part of the ETag.
    const digest = hash('sha256', text, 'base64url').slice(0, 16);
    const etag = revision === undefined ? `"${digest}"` : `"${revision}.${digest}"`;
    reply.header('etag', etag);
    if (knows(request, etag)) return reply.code(304).send();
  } else if (revision !== undefined) {
    reply.header('etag', `"${revision}"`);
  }
  return reply.type('application/json').send(text);
}

function knows(request: FastifyRequest, etag: string): boolean {
  const known = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*');
}

function methodsOf(all: readonly Operation[], url: string): string[] {
  const path = url.replace(/\?.*$/s, '').replace(/^\/api\/v1/, '');
  const fits = (one: Operation) => new RegExp(`^${one.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path);
  return all.filter(fits).map((one) => one.method);
}

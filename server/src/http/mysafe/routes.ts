import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { checkSession } from '../../actions/check-session.ts';
import { giveWay } from '../../actions/give-way.ts';
import type { SavedItem } from '../../actions/items/create.ts';
import { createItem } from '../../actions/items/create.ts';
import { disableItem } from '../../actions/items/disable.ts';
import { enableItem } from '../../actions/items/enable.ts';
import { type ListInput, listItems } from '../../actions/items/list.ts';
import { revealItem } from '../../actions/items/reveal.ts';
import { updateItem } from '../../actions/items/update.ts';
import type { Context, Safe } from '../../actions/safe.ts';
import { Refusal, refuse } from '../../domain/errors.ts';
import type { Settings } from '../../settings.ts';
import { readBody } from '../body.ts';
import { contextOf } from '../call.ts';
import { letBodyPass } from '../odd-requests.ts';
import type { Throttle } from '../throttle.ts';
import { draftOf } from './draft.ts';
import { sendRefusal, statusOf } from './errors.ts';
import { listJson } from './list-json.ts';
import { problemOf, type WireKind, wireKinds } from './shapes.ts';

/** `json` is what stands under the key, already written. */
type Answer = { status: number; message: string; payload?: { key: string; json: string | Buffer } };
type Operation = (ctx: Context, request: FastifyRequest) => Promise<Answer>;

/** The MySafe wire (contract, sections 1 to 5). Every path below its prefix asks for a token first. */
export function mysafe(safe: Safe, settings: Settings, throttle: Throttle) {
  const answering =
    (operation: Operation) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const ctx = await contextOf(safe, settings, request);
      try {
        const late = throttle.calls(ctx.origin.address, ctx.credential, +safe.clock());
        if (late) return sendRefusal(reply, late);
        if (ctx.credential.kind !== 'token') {
          const wait = await throttle.mustWait(ctx.origin.address);
          if (wait) return sendRefusal(reply, wait);
        }
        return send(reply, await operation(ctx, request));
      } catch (thrown) {
        return sendRefusal(reply, await throttled(throttle, ctx, thrown as Refusal));
      }
    };

  return (app: FastifyInstance, _options: object, done: () => void): void => {
    for (const kind of wireKinds) {
      app.get(`/${kind.path}`, answering(list(kind)));
      app.get(`/${kind.path}/:identifier`, answering(read(kind)));
      app.post(`/${kind.path}`, answering(create(kind)));
      app.put(`/${kind.path}/update/:identifier`, answering(update(kind)));
      app.post(`/${kind.path}/update/:identifier`, answering(update(kind)));
      app.post(`/${kind.path}/active/:identifier`, answering(enable(kind)));
      app.post(`/${kind.path}/inactive/:identifier`, answering(disable(kind)));
    }
    // A body past the limit is found before any handler runs: the token comes first all the same.
    app.setErrorHandler((error, request, reply) => {
      if ((error as { code?: string }).code !== 'FST_ERR_CTP_BODY_TOO_LARGE') throw error;
      letBodyPass(request, reply);
      const refusing = answering(async (ctx) => {
        await checkSession(ctx);
        if (request.is404) refuse('route_unknown', {});
        return refuse('body_too_large', { limit: request.routeOptions.bodyLimit ?? 0 });
      });
      return refusing(request, reply);
    });
    app.setNotFoundHandler(
      answering(async (ctx) => {
        await checkSession(ctx);
        return refuse('route_unknown', {});
      }),
    );
    done();
  };
}

async function throttled(throttle: Throttle, ctx: Context, thrown: Refusal): Promise<Refusal> {
  if (!(thrown instanceof Refusal)) throw thrown;
  if (thrown.code !== 'token_invalid' && thrown.code !== 'token_missing') return thrown;
  return (await throttle.failed(ctx.origin.address, '')) ?? thrown;
}

/** The success envelope, its keys in the wire's order. */
function send(reply: FastifyReply, { status, message, payload }: Answer): FastifyReply {
  const envelope = JSON.stringify({ code: status, response: statusOf(status, message, false) });
  const body = payload ? around(payload.json, `${envelope.slice(0, -1)},"${payload.key}":`, '}') : envelope;
  return reply.code(status).type('application/json').send(body);
}

function around(json: string | Buffer, head: string, end: string): string | Buffer {
  return typeof json === 'string' ? head + json + end : Buffer.concat([Buffer.from(head), json, Buffer.from(end)]);
}

const identifierOf = (request: FastifyRequest) => (request.params as { identifier: string }).identifier;

const list =
  (wire: WireKind): Operation =>
  async (ctx, request) => {
    const items = await listItems(ctx, () => listInputOf(wire, request.query as Record<string, unknown>));
    const json = await listJson(items, wire.listed, (began) => giveWay(ctx.safe.store, began));
    return { status: 200, message: '', payload: { key: wire.listKey, json } };
  };

const read =
  (wire: WireKind): Operation =>
  async (ctx, request) => {
    const name = { kind: wire.kind, number: identifierOf(request) };
    const item = await revealItem(ctx, { ...name, revealing: wire.readReveals });
    return { status: 200, message: 'Success', payload: { key: wire.readKey, json: JSON.stringify(wire.read(item)) } };
  };

const create =
  (wire: WireKind): Operation =>
  async (ctx, request) => {
    const draft = draftOf(wire.kind, await bodyOf(request));
    const saved = await createItem(ctx, { kind: wire.kind, draft, revealing: wire.writeReveals });
    return { status: 201, message: wire.messages.created, payload: writtenOf(wire, saved) };
  };

const update =
  (wire: WireKind): Operation =>
  async (ctx, request) => {
    const draft = draftOf(wire.kind, await bodyOf(request));
    const name = { kind: wire.kind, number: identifierOf(request) };
    const saved = await updateItem(ctx, { ...name, draft, revealing: wire.writeReveals, revision: null });
    return { status: 200, message: wire.messages.updated, payload: writtenOf(wire, saved) };
  };

const enable =
  ({ kind, messages }: WireKind): Operation =>
  async (ctx, request) => {
    const { changed } = await enableItem(ctx, { revision: null, kind, number: identifierOf(request) });
    return { status: 200, message: changed ? messages.enabled : messages.alreadyEnabled };
  };

const disable =
  ({ kind, messages }: WireKind): Operation =>
  async (ctx, request) => {
    const { changed } = await disableItem(ctx, { revision: null, kind, number: identifierOf(request) });
    return { status: 200, message: changed ? messages.disabled : messages.alreadyDisabled };
  };

function writtenOf(wire: WireKind, { item, problems }: SavedItem) {
  return { key: wire.writeKey, json: JSON.stringify({ ...wire.written(item), shared_error: problems.map(problemOf) }) };
}

function bodyOf(request: FastifyRequest) {
  const bytes = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
  return readBody(bytes, request.headers['content-type']);
}

/** Filters of the vendor, and our own `enabled`, `limit` and `after`; an empty one counts as absent. */
function listInputOf(wire: WireKind, query: Readonly<Record<string, unknown>>): ListInput {
  const first = (name: string): string | undefined => {
    const sent = [query[name]].flat()[0];
    return typeof sent === 'string' && sent.trim() !== '' ? sent : undefined;
  };
  const whole = (name: string, least: number): number | null => {
    const sent = first(name);
    if (sent === undefined) return null;
    if (!/^\d{1,15}$/.test(sent) || Number(sent) < least)
      refuse('field_invalid', { field: name, why: 'must be a whole number' });
    return Number(sent);
  };
  const filters = Object.entries(wire.filters).flatMap(([name, field]) => {
    const value = first(name);
    return value === undefined ? [] : [[field, value]];
  });
  return {
    kind: wire.kind,
    filters: Object.fromEntries(filters) as ListInput['filters'],
    enabled: enabledOf(first('enabled')),
    after: whole('after', 0) ?? 0,
    most: whole('limit', 1),
  };
}

function enabledOf(sent: string | undefined): boolean | null {
  if (sent === 'all') return null;
  if (sent === undefined || sent === '1') return true;
  return sent === '0' ? false : refuse('field_invalid', { field: 'enabled', why: 'must be 1, 0 or all' });
}

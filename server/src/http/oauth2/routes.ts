import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context, Safe } from '../../actions/safe.ts';
import { issueToken } from '../../actions/tokens/issue.ts';
import { Refusal, refuse } from '../../domain/errors.ts';
import type { Settings } from '../../settings.ts';
import { type Body, readBody } from '../body.ts';
import { contextOf } from '../call.ts';
import { letBodyPass, refusalOf } from '../odd-requests.ts';
import type { Throttle } from '../throttle.ts';
import { readTokenRequest } from './credentials.ts';
import { sendTokenRefusal } from './errors.ts';

/** Client credentials (RFC 6749, section 4.4), by POST as the standard says and by GET as the vendor's clients do. */
export function oauth2(safe: Safe, settings: Settings, throttle: Throttle) {
  async function token(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    // A stale bearer token beside the credentials is no matter: this route looks at the credentials only.
    const ctx: Context = { ...(await contextOf(safe, settings, request)), credential: { kind: 'none' } };
    let client = '';
    try {
      const late = throttle.calls(ctx.origin.address, ctx.credential, +safe.clock());
      if (late) throw late;
      const body = await bodyOf(request, reply);
      if (body instanceof Refusal) throw body;
      const asked = readTokenRequest(request, body, settings.refuseQueryCredentials);
      client = asked.clientId;
      if (asked.grantType !== 'client_credentials') refuse('grant_type_unsupported', {});
      const { token, expiresIn } = await issueToken(ctx, asked);
      return reply
        .code(200)
        .headers({ 'content-type': 'application/json', 'cache-control': 'no-store', pragma: 'no-cache' })
        .send(JSON.stringify({ token_type: 'Bearer', expires_in: expiresIn, access_token: token }));
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      const failed = thrown.code === 'client_unknown' ? await throttle.failed(ctx.origin.address, client) : null;
      return sendTokenRefusal(reply, failed ?? thrown, request.headers.authorization !== undefined);
    }
  }

  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.get('/token', token);
    app.post('/token', token);
    app.setErrorHandler((error, request, reply) => {
      const refusal = refusalOf(error);
      if (refusal.code === 'body_too_large') letBodyPass(request, reply);
      if (refusal.code === 'unexpected') safe.log.error({ requestId: request.id, err: error }, 'unexpected error');
      return sendTokenRefusal(
        reply,
        refusal.code === 'unexpected' ? refusal : new Refusal('body_unreadable', {}),
        false,
      );
    });
    done();
  };
}

const largestGetBody = 64 * 1024;

/** Fastify reads no body of a GET; the vendor's documented GET may carry the credentials in one. */
async function bodyOf(request: FastifyRequest, reply: FastifyReply): Promise<Body | Refusal> {
  const contentType = request.headers['content-type'];
  if (request.body instanceof Buffer) return readBody(request.body, contentType);
  const chunks: Buffer[] = [];
  let size = 0;
  if (request.method === 'GET') {
    // Left by itself, the loop would close the connection before the answer is out.
    for await (const chunk of request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > largestGetBody) {
        request.raw.resume();
        reply.header('connection', 'close');
        return new Refusal('body_unreadable', {});
      }
      chunks.push(chunk);
    }
  }
  return readBody(Buffer.concat(chunks), contentType);
}

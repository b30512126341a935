import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { beginDeviceSignIn } from '../../actions/device-sign-ins/begin.ts';
import { type TakenSignIn, takeDeviceSignIn } from '../../actions/device-sign-ins/take.ts';
import type { Context, Safe } from '../../actions/safe.ts';
import { readDeviceName, readKeyDays } from '../../domain/device-sign-in.ts';
import { Refusal, refuse } from '../../domain/errors.ts';
import type { Settings } from '../../settings.ts';
import { readBody } from '../body.ts';
import { contextOf } from '../call.ts';
import { letBodyPass, refusalOf } from '../odd-requests.ts';
import { ownOrigin } from '../own-origin.ts';
import type { Throttle } from '../throttle.ts';
import { oauthError, sendDeviceRefusal, sendJson } from './errors.ts';

type Fields = Readonly<Record<string, unknown>>;
type Answer = { status: number; body: object };
type Step = (ctx: Context, fields: Fields, request: FastifyRequest) => Promise<Answer>;

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
// Every program that asks so is a public client, and they are all one: what it calls itself is for a person to judge.
const publicClient = 'arca';

/**
 * RFC 8628: lets a device or command without a browser ask to be let in, and ask again until somebody has decided. What
 * it then gets is an access key, with a first token. By POST alone: its codes are in no address.
 */
export function device(safe: Safe, settings: Settings, throttle: Throttle) {
  const authorize: Step = async (ctx, fields, request) => {
    const wish = {
      device: readDeviceName(textOf(fields.device_name)),
      days: readKeyDays(textOf(fields.days)),
      readOnly: textOf(fields.read_only) === 'true',
    };
    throttle.deviceSignIns(ctx.origin.address, safe.clock());
    const { deviceCode, userCode, signIn } = await beginDeviceSignIn(ctx, wish);
    const body = {
      device_code: deviceCode,
      user_code: userCode,
      // Without the code in it: whoever types it has looked at the device that shows it.
      verification_uri: `${ownOrigin(request, settings)}/device`,
      expires_in: Math.round((+signIn.endsAt - +signIn.createdAt) / 1000),
      interval: signIn.interval,
    };
    return { status: 200, body };
  };

  const token: Step = async (ctx, fields) => {
    if (textOf(fields.grant_type) !== deviceGrant) refuse('grant_type_unsupported', {});
    const taken = await takeDeviceSignIn(ctx, textOf(fields.device_code));
    if (taken.state !== 'allowed') return { status: 400, body: errors[taken.state] };
    const { credentials, issued } = taken;
    const body = {
      token_type: 'Bearer',
      expires_in: issued.expiresIn,
      access_token: issued.token,
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      client_expires_at: credentials.expiresAt.toISOString(),
    };
    return { status: 200, body };
  };

  const answering = (step: Step) => async (request: FastifyRequest, reply: FastifyReply) => {
    const ctx: Context = { ...(await contextOf(safe, settings, request)), credential: { kind: 'none' } };
    try {
      const late = throttle.calls(ctx.origin.address, ctx.credential, +safe.clock());
      if (late) throw late;
      const fields = await fieldsOf(request);
      if (textOf(fields.client_id) !== publicClient) refuse('client_unknown', {});
      const { status, body } = await step(ctx, fields, request);
      return sendJson(reply, status, body);
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      const isGuess = thrown.code === 'device_sign_in_not_found';
      const failed = isGuess ? await throttle.failed(ctx.origin.address, '') : null;
      return sendDeviceRefusal(reply, failed ?? thrown);
    }
  };

  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.post('/authorization', answering(authorize));
    app.post('/token', answering(token));
    app.setErrorHandler((error, request, reply) => {
      const refusal = refusalOf(error);
      if (refusal.code === 'body_too_large') letBodyPass(request, reply);
      if (refusal.code === 'unexpected') safe.log.error({ requestId: request.id, err: error }, 'unexpected error');
      return sendDeviceRefusal(reply, refusal);
    });
    done();
  };
}

/** RFC 8628, section 3.5. */
const errors: Readonly<Record<Exclude<TakenSignIn['state'], 'allowed'>, object>> = {
  waiting: oauthError('authorization_pending', 'Nobody has decided yet.'),
  early: oauthError('slow_down', 'Wait 5 seconds longer between two questions.'),
  denied: oauthError('access_denied', 'It was refused.'),
  ended: oauthError('expired_token', 'Nobody allowed it in time.'),
};

async function fieldsOf(request: FastifyRequest): Promise<Fields> {
  const bytes = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
  const body = await readBody(bytes, request.headers['content-type']);
  if (body instanceof Refusal) throw body;
  return body.fields;
}

function textOf(sent: unknown): string {
  const one = Array.isArray(sent) ? sent[0] : sent;
  return typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean' ? String(one) : '';
}

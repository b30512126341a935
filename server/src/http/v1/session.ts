import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { endSession } from '../../actions/sessions/end.ts';
import { proveSession } from '../../actions/sessions/prove.ts';
import { readSession, type SessionState } from '../../actions/sessions/read.ts';
import { startSession } from '../../actions/sessions/start.ts';
import { locales } from '../../domain/user.ts';
import { clearSession, deviceOf, setDevice, setSession } from './credential.ts';
import { type ApiParts, type Operation, operation } from './operation.ts';
import { orNull, strict, time, usernameSchema } from './schemas.ts';

export const passwordSchema = Type.String({ minLength: 1, maxLength: 1024 });
/** What is shown beside a password where a second factor is enrolled: one of the two. */
export const secondStep = {
  code: Type.Optional(Type.String({ maxLength: 20, description: "The authenticator's code of this moment." })),
  recoveryCode: Type.Optional(Type.String({ maxLength: 40, description: 'In place of a code; each works once.' })),
};

export const roleSchema = Type.Enum(['admin', 'member']);
export const localeSchema = orNull(Type.Enum([...locales], { description: 'Null follows the browser.' }));

const sessionSchema = Type.Object(
  {
    id: Type.String({ description: 'Names the session in lists; opens nothing.' }),
    user: Type.Object(
      { username: usernameSchema, name: Type.String(), role: roleSchema, locale: localeSchema },
      strict,
    ),
    createdAt: time(),
    endsAt: time(),
    idleEndsAt: Type.String({ format: 'date-time', description: 'It ends then unless it is used before.' }),
    provenUntil: orNull(
      Type.String({ format: 'date-time', description: 'Until then dangerous acts are open; null asks for a proof.' }),
    ),
    secondFactor: Type.Boolean({ description: 'Has he enrolled one?' }),
    mustEnrol: Type.Boolean({
      description: 'The policy asks for a second factor: until he enrols one, only his profile and session are open.',
    }),
    mustChangePassword: Type.Boolean({
      description: 'Somebody else chose his password: until he changes it, only his profile and session are open.',
    }),
    may: Type.Object({ makeKeys: Type.Boolean(), administer: Type.Boolean() }, strict),
  },
  { $id: 'Session', ...strict },
);

const example = {
  id: '7c0e5a52-3f0e-4f39-9a39-0b9e4a4f6d11',
  user: { username: 'ana', name: 'Ana Souza', role: 'admin', locale: 'pt-BR' },
  createdAt: '2026-11-20T16:04:12.345Z',
  endsAt: '2026-11-21T04:04:12.345Z',
  idleEndsAt: '2026-11-20T17:04:12.345Z',
  provenUntil: '2026-11-20T16:14:12.345Z',
  secondFactor: true,
  mustEnrol: false,
  mustChangePassword: false,
  may: { makeKeys: true, administer: true },
};

const start = ({ throttle }: ApiParts) =>
  operation({
    id: 'session.start',
    method: 'POST',
    path: '/session',
    access: 'anyone',
    summary: 'Sign in',
    description:
      'Sets the session cookie. Where a second factor is enrolled, send its code along. A session that the browser had before ends.',
    body: Type.Object({ username: usernameSchema, password: passwordSchema, ...secondStep }, strict),
    status: 201,
    answer: sessionSchema,
    refusals: ['sign_in_failed', 'second_factor_required', 'second_factor_wrong', 'field_invalid', 'origin_foreign'],
    examples: { body: { username: 'ana', password: 'not-a-real-one', code: '492039' }, answer: example },
    async run({ ctx, body, request }) {
      const { username, password, code = null, recoveryCode = null } = body;
      const input = { username, password, code, recoveryCode, browser: browserOf(request), device: deviceOf(request) };
      const { token, tokenHash, deviceToken } = await startSession(ctx, input, throttle.tries);
      const state = await readSession({ ...ctx, credential: { kind: 'session', tokenHash } });
      const cookies = [setSession(token), ...(deviceToken === null ? [] : [setDevice(deviceToken)])];
      return { body: bodyOf(state), headers: { 'set-cookie': cookies } };
    },
  });

const read = operation({
  id: 'session.read',
  method: 'GET',
  path: '/session',
  access: 'session',
  summary: 'Read who is signed in',
  status: 200,
  answer: sessionSchema,
  refusals: [],
  examples: { answer: example },
  async run({ ctx }) {
    return { body: bodyOf(await readSession(ctx)) };
  },
});

const end = operation({
  id: 'session.end',
  method: 'DELETE',
  path: '/session',
  access: 'session',
  summary: 'Sign out',
  description: 'Ends the session and clears its cookie.',
  status: 204,
  answer: null,
  refusals: [],
  examples: {},
  async run({ ctx }) {
    await endSession(ctx, null);
    return { headers: { 'set-cookie': clearSession() } };
  },
});

const prove = ({ throttle }: ApiParts) =>
  operation({
    id: 'session.prove',
    method: 'POST',
    path: '/session/proof',
    access: 'session',
    summary: 'Prove anew who you are',
    description:
      'By the password, and by the second factor where one is enrolled. Dangerous acts are open for 10 minutes. The session cookie is set anew; the one before counts for another 30 seconds.',
    body: Type.Object({ password: passwordSchema, ...secondStep }, strict),
    status: 200,
    answer: Type.Object({ provenUntil: orNull(time()) }, { $id: 'Proof', ...strict }),
    refusals: ['password_wrong', 'second_factor_required', 'second_factor_wrong', 'field_invalid'],
    examples: {
      body: { password: 'not-a-real-one', code: '492039' },
      answer: { provenUntil: '2026-11-20T16:14:12.345Z' },
    },
    async run({ ctx, body, request }) {
      const { password, code = null, recoveryCode = null } = body;
      const input = { password, code, recoveryCode, browser: browserOf(request) };
      const { provenUntil, token } = await proveSession(ctx, input, throttle.tries);
      return { body: { provenUntil }, headers: { 'set-cookie': setSession(token) } };
    },
  });

/** What the browser calls itself, for the list of sessions. */
function browserOf(request: FastifyRequest): string {
  return (request.headers['user-agent'] ?? '').slice(0, 500);
}

function bodyOf({ session, user, profile, enrolled, ...state }: SessionState) {
  const { endsAt, idleEndsAt, provenUntil, mustEnrol, mustChangePassword, may } = state;
  return {
    id: session.id,
    user: { username: user.username, name: profile.name, role: user.role, locale: profile.locale },
    createdAt: session.createdAt,
    endsAt,
    idleEndsAt,
    provenUntil,
    secondFactor: enrolled,
    mustEnrol,
    mustChangePassword,
    may,
  };
}

export function sessionOperations(parts: ApiParts): Operation[] {
  return [start(parts), read, end, prove(parts)];
}

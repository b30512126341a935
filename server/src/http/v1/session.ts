import { Type } from 'typebox';
import { startSession } from '../../actions/sessions/start.ts';
import { sessionCookie } from './credential.ts';
import { type Operation, operation } from './operation.ts';
import type { ApiParts } from './operations.ts';
import { strict, time, usernameSchema } from './schemas.ts';

const cookieRules = 'Path=/; Secure; HttpOnly; SameSite=Strict';

export function sessionOperations(_parts: ApiParts): Operation[] {
  return [
    operation({
      id: 'session.start',
      method: 'POST',
      path: '/session',
      access: 'anyone',
      summary: 'Sign in',
      description: 'Sets the session cookie. Where a second factor is enrolled, send its code along.',
      body: Type.Object(
        {
          username: usernameSchema,
          password: Type.String({ minLength: 1, maxLength: 1024 }),
          code: Type.Optional(Type.String({ maxLength: 20, description: "The authenticator's code of this moment." })),
          recoveryCode: Type.Optional(
            Type.String({ maxLength: 40, description: 'In place of a code; each works once.' }),
          ),
        },
        strict,
      ),
      status: 201,
      answer: Type.Object({ id: Type.String(), endsAt: time() }, { $id: 'StartedSession', ...strict }),
      refusals: [
        'sign_in_failed',
        'second_factor_required',
        'second_factor_wrong',
        'too_many_requests',
        'origin_foreign',
      ],
      examples: { body: { username: 'ana', password: 'not-a-real-one', code: '492039' } },
      async run({ ctx, body, request }) {
        const browser = (request.headers['user-agent'] ?? '').slice(0, 500);
        const { username, password, code = null, recoveryCode = null } = body;
        const { token, session } = await startSession(
          { ...ctx, credential: { kind: 'none' } },
          { username, password, code, recoveryCode, browser },
        );
        return {
          body: { id: session.id, endsAt: session.endsAt },
          headers: { 'set-cookie': `${sessionCookie}=${token}; ${cookieRules}` },
        };
      },
    }),
  ];
}

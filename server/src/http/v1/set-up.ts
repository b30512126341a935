import { Type } from 'typebox';
import { hasUsers } from '../../actions/users/has-users.ts';
import { setUpByLink } from '../../actions/users/set-up-by-link.ts';
import { type ApiParts, type Operation, operation } from './operation.ts';
import { strict, usernameSchema } from './schemas.ts';

export function setUpOperations({ safe, settings }: ApiParts): Operation[] {
  return [
    operation({
      id: 'setUp.read',
      method: 'GET',
      path: '/set-up',
      access: 'anyone',
      summary: 'Has the safe its first administrator?',
      status: 200,
      answer: Type.Object({ done: Type.Boolean() }, { $id: 'SetUpState', ...strict }),
      refusals: [],
      examples: { answer: { done: true } },
      run: async () => ({ body: { done: await hasUsers(safe) } }),
    }),
    operation({
      id: 'setUp.finish',
      method: 'POST',
      path: '/set-up',
      access: 'anyone',
      summary: 'Make the first administrator',
      description:
        'With the token of the link that the safe printed when it was opened: once, within 30 minutes, and from the same machine ' +
        'unless `ARCA_REMOTE_SETUP` is `on`.',
      body: Type.Object(
        {
          token: Type.String({ maxLength: 100 }),
          username: usernameSchema,
          password: Type.String({ maxLength: 1024, description: 'At least 12 bytes.' }),
          name: Type.Optional(Type.String({ maxLength: 255 })),
          email: Type.Optional(Type.String({ maxLength: 254 })),
        },
        strict,
      ),
      status: 201,
      answer: Type.Object({ username: usernameSchema }, { $id: 'FirstAdministrator', ...strict }),
      refusals: ['set_up_link_invalid', 'already_set_up', 'field_missing', 'field_invalid'],
      examples: {
        body: { token: 'from-the-link', username: 'ana', password: 'not-a-real-one' },
        answer: { username: 'ana' },
      },
      async run({ ctx, body, request }) {
        // A proxy on this machine that the operator did not name makes every caller look like one of this machine.
        const isPassedOn = settings.trustedProxies.length === 0 && request.headers['x-forwarded-for'] !== undefined;
        const origin = isPassedOn ? { ...ctx.origin, address: 'unknown' } : ctx.origin;
        const user = await setUpByLink({ ...ctx, origin }, { ...body, fromAnywhere: settings.remoteSetUp });
        return { body: { username: user.username } };
      },
    }),
  ];
}

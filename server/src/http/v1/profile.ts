import { Type } from 'typebox';
import { changeProfile } from '../../actions/profile/change.ts';
import { changePassword } from '../../actions/profile/change-password.ts';
import { type OwnProfile, readProfile } from '../../actions/profile/read.ts';
import { setDevice } from './credential.ts';
import { type ApiParts, type Operation, operation } from './operation.ts';
import { orNull, strict, time, usernameSchema } from './schemas.ts';
import { localeSchema, passwordSchema, roleSchema } from './session.ts';

export const endedSessions = Type.Integer({ description: 'How many other sessions were ended by it.' });

const profileSchema = Type.Object(
  {
    username: usernameSchema,
    name: Type.String(),
    email: Type.String(),
    locale: localeSchema,
    role: roleSchema,
    createdAt: time(),
    secondFactor: Type.Object(
      {
        enrolledAt: orNull(Type.String({ format: 'date-time', description: 'Null while none is enrolled.' })),
        recoveryCodes: Type.Integer({ description: 'How many are unused.' }),
      },
      strict,
    ),
  },
  { $id: 'Profile', ...strict },
);

const example = {
  username: 'ana',
  name: 'Ana Souza',
  email: 'ana@example.com',
  locale: 'pt-BR',
  role: 'admin',
  createdAt: '2026-11-20T16:04:12.345Z',
  secondFactor: { enrolledAt: '2026-11-20T16:09:31.002Z', recoveryCodes: 9 },
};

const read = operation({
  id: 'profile.read',
  method: 'GET',
  path: '/profile',
  access: 'session',
  summary: 'Read your profile',
  status: 200,
  answer: profileSchema,
  refusals: [],
  examples: { answer: example },
  async run({ ctx }) {
    return { body: bodyOf(await readProfile(ctx)) };
  },
});

const change = operation({
  id: 'profile.change',
  method: 'PATCH',
  path: '/profile',
  access: 'session',
  summary: 'Change your profile',
  description: 'What is left out stays as it is. Another e-mail address asks for a fresh proof.',
  body: Type.Object(
    {
      name: Type.Optional(Type.String({ maxLength: 255 })),
      email: Type.Optional(Type.String({ maxLength: 254, description: 'Empty for none.' })),
      locale: Type.Optional(localeSchema),
    },
    strict,
  ),
  status: 200,
  answer: profileSchema,
  refusals: ['field_invalid', 'proof_required'],
  examples: { body: { name: 'Ana Souza', locale: 'pt-BR' }, answer: example },
  async run({ ctx, body }) {
    return { body: bodyOf(await changeProfile(ctx, body)) };
  },
});

const password = ({ throttle }: ApiParts) =>
  operation({
    id: 'profile.changePassword',
    method: 'POST',
    path: '/profile/password',
    access: 'session',
    summary: 'Change your password',
    description: 'Asks for a fresh proof, and for the present password too. All your other sessions end.',
    body: Type.Object({ currentPassword: passwordSchema, password: passwordSchema }, strict),
    status: 200,
    answer: Type.Object({ endedSessions }, { $id: 'PasswordChanged', ...strict }),
    refusals: ['proof_required', 'password_wrong', 'field_invalid'],
    examples: {
      body: { currentPassword: 'not-a-real-one', password: 'not-a-real-one-either' },
      answer: { endedSessions: 1 },
    },
    async run({ ctx, body }) {
      const { deviceToken, ...changed } = await changePassword(ctx, body, throttle.tries);
      return { body: changed, headers: { 'set-cookie': setDevice(deviceToken) } };
    },
  });

function bodyOf({ enrolledAt, unusedRecoveryCodes, ...profile }: OwnProfile) {
  return { ...profile, secondFactor: { enrolledAt, recoveryCodes: unusedRecoveryCodes } };
}

export function profileOperations(parts: ApiParts): Operation[] {
  return [read, change, password(parts)];
}

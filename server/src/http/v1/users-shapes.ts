import { Type } from 'typebox';
import type { ShownUser } from '../../actions/users/show-user.ts';
import { orNull, strict, time, usernameSchema } from './schemas.ts';

const forAdmins = 'Null for callers who are no administrators.';

export const roleSchema = Type.Enum(['admin', 'member']);

export const userSchema = Type.Object(
  {
    username: usernameSchema,
    name: Type.String(),
    enabled: Type.Boolean(),
    email: orNull(Type.String({ description: `Empty when none is known. ${forAdmins}` })),
    role: orNull(Type.Enum(['admin', 'member'], { description: forAdmins })),
    createdAt: orNull(time()),
    disabledAt: orNull(time()),
    secondFactor: orNull(Type.Boolean({ description: `Has he enrolled one? ${forAdmins}` })),
    lastSignInAt: orNull(time()),
    lastSeenAt: orNull(time()),
    items: orNull(Type.Integer({ minimum: 0, description: `How many he owns. ${forAdmins}` })),
  },
  {
    $id: 'User',
    description:
      'Callers who are no administrators are told username, name and state; the rest is null. `lastSignInAt` and ' +
      '`lastSeenAt` are known as long as a session of his is kept.',
    ...strict,
  },
);

export const userExample = {
  username: 'ben',
  name: 'Ben Duarte',
  enabled: true,
  email: 'ben@example.com',
  role: 'member',
  createdAt: '2026-11-02T09:30:00.000Z',
  disabledAt: null,
  secondFactor: true,
  lastSignInAt: '2026-11-20T16:04:12.345Z',
  lastSeenAt: '2026-11-20T17:31:00.000Z',
  items: 14,
};

export function userBody({ user, profile, facts }: ShownUser) {
  const shown = { username: user.username, name: profile.name, enabled: user.disabledAt === null };
  if (!facts) {
    const hidden = { email: null, role: null, createdAt: null, disabledAt: null, secondFactor: null };
    return { ...shown, ...hidden, lastSignInAt: null, lastSeenAt: null, items: null };
  }
  const { role, createdAt, disabledAt } = user;
  return { ...shown, email: profile.email, role, createdAt, disabledAt, ...facts };
}

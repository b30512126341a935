import { Type } from 'typebox';
import { judgePassword } from '../../actions/judge-password.ts';
import { strengths } from '../../domain/strength.ts';
import { operation } from './operation.ts';
import { strict } from './schemas.ts';

export const passwordStrength = operation({
  id: 'passwordStrength.judge',
  method: 'POST',
  path: '/password-strength',
  access: 'session',
  summary: 'Say how strong a password is',
  description: 'For a form, while one types. It is neither stored nor recorded; its first 64 characters are judged.',
  body: Type.Object({ password: Type.String({ maxLength: 4096 }) }, strict),
  status: 200,
  answer: Type.Object({ strength: Type.Enum([...strengths]) }, { $id: 'PasswordStrength', ...strict }),
  refusals: [],
  examples: { body: { password: 'not-a-real-one' }, answer: { strength: 'good' } },
  run: async ({ ctx, body }) => ({ body: await judgePassword(ctx, body) }),
});

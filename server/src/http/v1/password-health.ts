import { Type } from 'typebox';
import { readOwnHealth } from '../../actions/items/own-health.ts';
import { operation } from './operation.ts';
import { strict } from './schemas.ts';

const count = (description: string) => Type.Integer({ minimum: 0, description });

export const passwordHealth = operation({
  id: 'passwordHealth.read',
  method: 'GET',
  path: '/password-health',
  access: 'session',
  summary: 'Count your weak, reused and old passwords',
  description:
    'Of the enabled passwords that the caller owns. `GET /items?health=weak` lists them. Nobody else is told which they ' +
    'are. Equal passwords are found by tags that live in memory only.',
  status: 200,
  answer: Type.Object(
    {
      passwords: count('All of them.'),
      weak: count('Easy to guess: poor or bad.'),
      reused: count('Equal to the password of another of them.'),
      old: count('Not changed for a year.'),
      pending: count('Not judged yet.'),
    },
    { $id: 'PasswordHealth', ...strict },
  ),
  refusals: [],
  examples: { answer: { passwords: 48, weak: 3, reused: 2, old: 11, pending: 0 } },
  run: async ({ ctx }) => ({ body: await readOwnHealth(ctx) }),
});

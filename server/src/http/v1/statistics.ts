import { Type } from 'typebox';
import { readStatistics } from '../../actions/statistics/read.ts';
import { type Operation, operation } from './operation.ts';
import { kindSchema, orNull, strict, time } from './schemas.ts';

const count = (description?: string) => Type.Integer({ minimum: 0, ...(description ? { description } : {}) });

const perDay = (description: string) =>
  Type.Array(Type.Object({ day: Type.String({ format: 'date' }), count: count() }, strict), { description });

const days = 'the last 30 days in UTC with today, oldest first';

const read = operation({
  id: 'statistics.read',
  method: 'GET',
  path: '/statistics',
  access: 'session',
  summary: 'Numbers of the whole safe',
  description: 'For administrators. Names nobody and no item.',
  status: 200,
  answer: Type.Object(
    {
      users: Type.Object(
        { active: count(), disabled: count(), withoutItems: count('Active ones who own no item.') },
        strict,
      ),
      items: Type.Array(Type.Object({ kind: kindSchema, enabled: count(), disabled: count() }, strict)),
      itemsMade: perDay(`Items made on each of ${days}.`),
      reveals: perDay(`Reveals on each of ${days}.`),
      groups: Type.Object({ user: count(), private: count() }, { description: 'Disabled ones too.', ...strict }),
      accessKeys: Type.Object({ live: count(), held: count(), expired: count(), revoked: count() }, strict),
      sessions: count('Live ones, as of a minute ago.'),
      storeBytes: count('What the store takes on disk.'),
      backups: Type.Object(
        {
          lastMadeAt: orNull(time()),
          lastProvenAt: orNull(
            Type.String({
              format: 'date-time',
              description: 'When a backup was last restored into a scratch place and held.',
            }),
          ),
        },
        strict,
      ),
    },
    { $id: 'Statistics', ...strict },
  ),
  refusals: [],
  examples: {
    answer: {
      users: { active: 41, disabled: 3, withoutItems: 5 },
      items: [
        { kind: 'password', enabled: 1204, disabled: 37 },
        { kind: 'note', enabled: 210, disabled: 4 },
        { kind: 'api-secret', enabled: 96, disabled: 0 },
      ],
      itemsMade: [{ day: '2026-11-22', count: 12 }],
      reveals: [{ day: '2026-11-22', count: 731 }],
      groups: { user: 9, private: 22 },
      accessKeys: { live: 58, held: 0, expired: 4, revoked: 31 },
      sessions: 17,
      storeBytes: 48_234_496,
      backups: { lastMadeAt: '2026-11-22T02:00:04.120Z', lastProvenAt: '2026-11-22T02:00:09.481Z' },
    },
  },
  run: async ({ ctx }) => ({ body: await readStatistics(ctx) }),
});

export const statisticsOperations: Operation[] = [read];

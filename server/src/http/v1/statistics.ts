import { Type } from 'typebox';
import { readStatistics } from '../../actions/statistics/read.ts';
import { leastPeople } from '../../domain/site.ts';
import { strengths } from '../../domain/strength.ts';
import { type Operation, operation } from './operation.ts';
import { kindSchema, orNull, strict, time, usernameSchema } from './schemas.ts';

const count = (description?: string) => Type.Integer({ minimum: 0, ...(description ? { description } : {}) });

const perDay = (description: string) =>
  Type.Array(Type.Object({ day: Type.String({ format: 'date' }), count: count() }, strict), { description });

const days = 'the last 30 days in UTC with today, oldest first';

const passwords = Type.Object(
  {
    countedAt: time(),
    strengths: Type.Object(Object.fromEntries(strengths.map((strength) => [strength, count()])), {
      description: '`undefined` for items without a password; `pending` ones were not judged yet.',
      ...strict,
    }),
    sites: Type.Array(Type.Object({ site: Type.String(), passwords: count(), people: count() }, strict), {
      description: `The hosts of most passwords, at most 10; only those for which ${leastPeople} people or more have one.`,
    }),
    people: Type.Array(Type.Object({ username: usernameSchema, weak: count(), reused: count() }, strict), {
      description: 'Who has most passwords that are weak or used twice, at most 10. Which ones only he can see.',
    }),
  },
  strict,
);

const read = operation({
  id: 'statistics.read',
  method: 'GET',
  path: '/statistics',
  access: 'session',
  summary: 'Numbers of the whole safe',
  description:
    'For administrators. Names no item. What is told of passwords is counted in the background when these numbers are ' +
    'asked for, and kept in memory: it is null until the first count is done, and may be a little older than the rest.',
  status: 200,
  answer: Type.Object(
    {
      users: Type.Object(
        { active: count(), disabled: count(), withoutItems: count('Active ones who own no item.') },
        strict,
      ),
      items: Type.Array(Type.Object({ kind: kindSchema, enabled: count(), disabled: count() }, strict)),
      passwords: orNull(passwords),
      itemsMade: perDay(`Items made on each of ${days}.`),
      reveals: perDay(`Reveals on each of ${days}.`),
      groups: Type.Object({ user: count(), private: count() }, { description: 'Disabled ones too.', ...strict }),
      accessKeys: Type.Object({ live: count(), held: count(), expired: count(), revoked: count() }, strict),
      sessions: count('Live ones, as of a minute ago.'),
      storeBytes: count('What the store takes on disk.'),
      files: Type.Object(
        {
          bytes: count('What the files take where they are stored, with all versions.'),
          limit: count('How much they may.'),
        },
        strict,
      ),
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
        { kind: 'file', enabled: 18, disabled: 1 },
      ],
      passwords: {
        countedAt: '2026-11-22T09:30:00.000Z',
        strengths: { pending: 0, undefined: 3, poor: 41, bad: 118, good: 402, best: 640 },
        sites: [{ site: 'github.com', passwords: 38, people: 31 }],
        people: [{ username: 'ana', weak: 7, reused: 4 }],
      },
      itemsMade: [{ day: '2026-11-22', count: 12 }],
      reveals: [{ day: '2026-11-22', count: 731 }],
      groups: { user: 9, private: 22 },
      accessKeys: { live: 58, held: 0, expired: 4, revoked: 31 },
      sessions: 17,
      storeBytes: 48_234_496,
      files: { bytes: 612_368_384, limit: 53_687_091_200 },
      backups: { lastMadeAt: '2026-11-22T02:00:04.120Z', lastProvenAt: '2026-11-22T02:00:09.481Z' },
    },
  },
  async run({ ctx }) {
    const { passwords: survey, ...rest } = await readStatistics(ctx);
    const told = survey && { ...survey, countedAt: survey.countedAt.toISOString() };
    return { body: { ...rest, passwords: told } };
  },
});

export const statisticsOperations: Operation[] = [read];

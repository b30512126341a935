import { Type } from 'typebox';
import { endOtherSessions, endSession } from '../../actions/sessions/end.ts';
import { listSessions } from '../../actions/sessions/list.ts';
import { clearSession } from './credential.ts';
import { type Operation, operation } from './operation.ts';
import { strict, time } from './schemas.ts';

const sessionPath = Type.Object({ id: Type.String({ pattern: '^[0-9a-f-]{36}$' }) });

const list = operation({
  id: 'sessions.list',
  method: 'GET',
  path: '/sessions',
  access: 'session',
  summary: 'List your running sessions',
  description: 'The newest first.',
  status: 200,
  answer: Type.Object(
    {
      sessions: Type.Array(
        Type.Object(
          {
            id: Type.String(),
            createdAt: time(),
            usedAt: Type.String({ format: 'date-time', description: 'Exact to a minute.' }),
            endsAt: time(),
            address: Type.String({ description: 'From where he signed in or proved anew who he is.' }),
            browser: Type.String({ description: 'What the browser calls itself.' }),
            current: Type.Boolean({ description: 'Is it the one that asks?' }),
          },
          strict,
        ),
      ),
    },
    { $id: 'SessionList', ...strict },
  ),
  refusals: [],
  examples: {
    answer: {
      sessions: [
        {
          id: '7c0e5a52-3f0e-4f39-9a39-0b9e4a4f6d11',
          createdAt: '2026-11-20T16:04:12.345Z',
          usedAt: '2026-11-20T16:31:02.118Z',
          endsAt: '2026-11-21T04:04:12.345Z',
          address: '192.0.2.7',
          browser: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
          current: true,
        },
      ],
    },
  },
  async run({ ctx }) {
    const sessions = (await listSessions(ctx)).map(({ id, createdAt, usedAt, endsAt, address, browser, current }) => ({
      id,
      createdAt,
      usedAt,
      endsAt,
      address,
      browser,
      current,
    }));
    return { body: { sessions } };
  },
});

const end = operation({
  id: 'sessions.end',
  method: 'DELETE',
  path: '/sessions/{id}',
  access: 'session',
  summary: 'End one of your sessions',
  params: sessionPath,
  status: 204,
  answer: null,
  refusals: ['session_not_found'],
  examples: {},
  async run({ ctx, params }) {
    const { current } = await endSession(ctx, params.id);
    return current ? { headers: { 'set-cookie': clearSession() } } : {};
  },
});

const endOthers = operation({
  id: 'sessions.endOthers',
  method: 'DELETE',
  path: '/sessions',
  access: 'session',
  summary: 'End all your other sessions',
  status: 200,
  answer: Type.Object(
    { ended: Type.Integer({ description: 'How many; those that were idle for too long already count too.' }) },
    { $id: 'EndedSessions', ...strict },
  ),
  refusals: [],
  examples: { answer: { ended: 2 } },
  async run({ ctx }) {
    return { body: await endOtherSessions(ctx) };
  },
});

export const sessionListOperations: Operation[] = [list, end, endOthers];

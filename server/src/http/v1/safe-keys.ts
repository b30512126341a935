import { Type } from 'typebox';
import { listSafeKeys } from '../../actions/safe-keys/list.ts';
import { rotateSafeKeys } from '../../actions/safe-keys/rotate.ts';
import { type Rotatable, rotatable } from '../../domain/rotation.ts';
import { type Operation, operation } from './operation.ts';
import { orNull, strict } from './schemas.ts';

const time = (description: string) => Type.String({ format: 'date-time', description });

const rotationSchema = Type.Object(
  {
    id: Type.Integer({ minimum: 1 }),
    what: Type.Enum([...rotatable, 'root'], { description: 'Which keys are replaced.' }),
    reseal: Type.Boolean({ description: 'Contents are encrypted anew, too.' }),
    phase: Type.Enum(['announced', 'rewriting', 'retiring', 'finished']),
    done: Type.Integer({ minimum: 0, description: 'Rows that were gone through so far.' }),
    total: Type.Integer({ minimum: 0, description: 'Rows that there are to go through.' }),
    broken: Type.Integer({
      minimum: 0,
      description: 'Rows that are not as they were stored: left as they are, and told of in the log.',
    }),
    startedAt: time('When it was begun.'),
    finishedAt: orNull(time('When it was finished; null while it is under way.')),
  },
  { $id: 'Rotation', ...strict },
);

const keySchema = Type.Object(
  {
    id: Type.String(),
    purpose: Type.Enum(['data', 'index', 'pepper', 'row-mac', 'audit-signing', 'token-signing']),
    state: Type.Enum(['next', 'current', 'replaced', 'retired'], {
      description:
        'A `next` key is read but not yet written with, a `replaced` one is read but no longer written with; of a `retired` one only what the audit needs is left.',
    }),
    createdAt: time('When it was made.'),
    replacedAt: orNull(time('Since when another key is written with.')),
  },
  { $id: 'SafeKey', ...strict },
);

const example = {
  id: 4,
  what: 'data',
  reseal: false,
  phase: 'rewriting',
  done: 41_000,
  total: 100_214,
  broken: 0,
  startedAt: '2026-11-22T09:00:00.000Z',
  finishedAt: null,
};

const list = operation({
  id: 'safeKeys.list',
  method: 'GET',
  path: '/safe-keys',
  access: 'session',
  summary: 'List the keys of the safe',
  description:
    'For administrators. What each key is for and since when, never the key itself; and how far the replacement of keys has come.',
  status: 200,
  answer: Type.Object(
    {
      safeId: Type.String(),
      keys: Type.Array(keySchema),
      rotation: orNull(rotationSchema),
      dataKeyUse: Type.Object(
        {
          uses: Type.Integer({ minimum: 0, description: 'Sealings under the current data key, at the most.' }),
          warnsAt: Type.Integer({ minimum: 0, description: 'From here on a new data key is due.' }),
          budget: Type.Integer({ minimum: 0, description: 'More than this are not safe.' }),
        },
        strict,
      ),
    },
    { $id: 'SafeKeys', ...strict },
  ),
  refusals: [],
  examples: {
    answer: {
      safeId: '0b4c2a52-6c5e-4f0e-9a7f-3f5a1f0f6c11',
      keys: [
        {
          id: '9f0c1d2e3a4b5c6d',
          purpose: 'data',
          state: 'current',
          createdAt: '2026-11-22T09:00:00.000Z',
          replacedAt: null,
        },
      ],
      rotation: example,
      dataKeyUse: { uses: 100_214, warnsAt: 2_147_483_648, budget: 4_294_967_296 },
    },
  },
  async run({ ctx }) {
    return { body: await listSafeKeys(ctx) };
  },
});

const rotate = operation({
  id: 'safeKeys.rotate',
  method: 'POST',
  path: '/safe-keys/rotate',
  access: 'session',
  summary: 'Replace keys of the safe',
  description:
    'For administrators, with a fresh proof. Begins to replace keys while everything goes on; `GET /safe-keys` tells how far it has come. The root key is replaced on the host alone, by `arca rotate root`.',
  body: Type.Object(
    {
      what: Type.Enum([...rotatable], {
        description:
          '`data`: the key that encrypts; `index`: the key of blind indexes; `rows`: the key of row MACs; `signing`: the keys that sign tokens and the audit; `pepper`: the key of password hashes.',
      }),
      reseal: Type.Optional(
        Type.Boolean({ description: 'For `data`: encrypt contents anew, too, after the key became known.' }),
      ),
    },
    strict,
  ),
  status: 201,
  answer: rotationSchema,
  refusals: ['proof_required', 'rotation_running', 'root_key_unfit', 'field_invalid'],
  examples: { body: { what: 'data' }, answer: { ...example, phase: 'announced', done: 0, total: 0 } },
  async run({ ctx, body }) {
    return { body: await rotateSafeKeys(ctx, { what: body.what as Rotatable, reseal: body.reseal }) };
  },
});

export const safeKeyOperations: Operation[] = [list, rotate];

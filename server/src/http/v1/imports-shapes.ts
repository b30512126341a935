import { Type } from 'typebox';
import type { ShownRow } from '../../actions/imports/read.ts';
import { type Import, importFormats, rowsToDo, verdicts } from '../../domain/import.ts';
import { idSchema, kindSchema, orNull, strict, time } from './schemas.ts';

const count = Type.Integer({ minimum: 0 });

export const fileFormat = Type.Enum([...importFormats], {
  description: 'What wrote the file. All but `keeper-csv` are known by their looks.',
});

export const importSchema = Type.Object(
  {
    id: idSchema,
    status: Type.Enum(['waiting', 'applying', 'finished', 'undoing', 'undone', 'failed', 'expired'], {
      description: '`waiting` for `apply`; `expired` once its rows are gone, a day after it was planned.',
    }),
    format: Type.Enum([...importFormats, 'mysafe']),
    file: Type.String({ description: "The file's name as it was sent; for `mysafe` where it came from." }),
    counts: Type.Object({ new: count, same: count, changed: count, rejected: count }, strict),
    done: Type.Integer({ minimum: 0, description: 'Rows that are done, of `total`.' }),
    total: count,
    outcomes: Type.Object(
      { created: count, updated: count, left: count, undone: count, kept: count },
      { description: 'What became of rows; `kept` were not undone, for somebody has changed them since.', ...strict },
    ),
    receipt: orNull(
      Type.Object(
        {
          from: Type.String(),
          counts: Type.Record(Type.String(), count),
          digest: Type.String({ description: 'SHA-256 over the digest of each answer, in hex.' }),
        },
        strict,
      ),
    ),
    failure: orNull(Type.String({ description: 'Of a failed one: the code of what went wrong.' })),
    createdAt: time(),
    endedAt: orNull(time()),
    rowsUntil: time(),
  },
  { $id: 'Import', ...strict },
);

export const importRowSchema = Type.Object(
  {
    place: Type.Integer({ minimum: 1, description: 'Counts up in the order of the file.' }),
    line: Type.Integer({ description: 'Where it begins in the file; of what has no lines its place.' }),
    kind: kindSchema,
    name: Type.String(),
    username: Type.String(),
    url: Type.String(),
    verdict: Type.Enum([...verdicts]),
    outcome: orNull(Type.Enum(['created', 'updated', 'left', 'undone', 'kept'])),
    number: orNull(Type.Integer({ description: 'The item that it is the same as, changes, or has made.' })),
    reason: orNull(Type.String({ description: 'Why it is rejected, left or kept.' })),
    remarks: Type.Array(Type.String(), { description: 'What is in another place than it was, or not taken over.' }),
  },
  { $id: 'ImportRow', ...strict },
);

const statusOf = ({ phase }: Import) => {
  if (phase === 'staging' || phase === 'updating') return 'applying';
  if (phase === 'removing') return 'undoing';
  return phase === 'planning' || phase === 'discarding' ? 'waiting' : phase;
};

const day = 24 * 3_600_000;

export function importBody(one: Import) {
  const { id, format, file, counts, done, outcomes, receipt, failure, createdAt, endedAt } = one;
  const { created = 0, updated = 0, left = 0, undone = 0, kept = 0 } = outcomes;
  return {
    ...{ id, status: statusOf(one), format, file, counts, done, total: rowsToDo(one) },
    ...{ outcomes: { created, updated, left, undone, kept }, receipt, failure, createdAt, endedAt },
    rowsUntil: new Date(+createdAt + day),
  };
}

export const rowBody = (row: ShownRow) => row;

export const importExample = {
  ...{ id: 7, status: 'waiting', format: 'bitwarden-json', file: 'bitwarden.json' },
  counts: { new: 212, same: 3, changed: 1, rejected: 2 },
  ...{ done: 0, total: 213, outcomes: { created: 0, updated: 0, left: 0, undone: 0, kept: 0 } },
  ...{ receipt: null, failure: null, createdAt: '2026-11-21T08:00:00.000Z', endedAt: null },
  rowsUntil: '2026-11-22T08:00:00.000Z',
};

export const rowExample = {
  ...{ place: 1, line: 2, kind: 'password', name: 'Wiki', username: 'ana', url: 'https://wiki.example.com' },
  ...{ verdict: 'new', outcome: null, number: null, reason: null, remarks: ['kept in the notes: Branch'] },
};

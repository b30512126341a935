import { stringify } from 'csv-stringify/sync';
import { Type } from 'typebox';
import { type LeaverReport, leaverReport } from '../../actions/audit/leaver.ts';
import { kinds } from '../../domain/kind.ts';
import { type Operation, operation } from './operation.ts';
import { orNull, strict, time, usernameSchema } from './schemas.ts';

const access = 'session';
const params = Type.Object({ username: usernameSchema });
const refusals = ['user_not_found'] as const;
const about =
  'From all that he revealed, created and updated, himself or through his access keys. `unchanged` are the fields that hold ' +
  'today what they held when he knew them: change those. Values are compared in the safe and none leaves. Administrators ' +
  'are told of every item, others of their own; the name is null for who may not list the item. Recorded.';

const rowSchema = Type.Object(
  {
    kind: Type.Enum([...kinds]),
    number: Type.Integer({ minimum: 1 }),
    name: orNull(Type.String()),
    owner: usernameSchema,
    lastAt: time(),
    fields: Type.Array(Type.String(), { description: 'Secret fields that he saw or set.' }),
    unchanged: Type.Array(Type.String(), { description: 'Those that are still the same.' }),
    disabled: Type.Boolean({ description: 'Is the item disabled?' }),
    access: Type.Enum(['owner', 'editor', 'viewer', 'none'], { description: 'How he stands to it now.' }),
  },
  { $id: 'LeaverRow', ...strict },
);

const report = operation({
  id: 'users.leaverReport',
  method: 'GET',
  path: '/users/{username}/leaver-report',
  access,
  summary: 'What a user knows, and which of it has not changed since',
  description: about,
  params,
  status: 200,
  answer: Type.Object(
    {
      since: orNull(time('What he did before is in archives of the audit, and not told here.')),
      items: Type.Array(rowSchema),
    },
    { $id: 'LeaverReport', ...strict },
  ),
  refusals,
  examples: {
    answer: {
      since: null,
      items: [
        {
          kind: 'password',
          number: 312,
          name: null,
          owner: 'ana',
          lastAt: '2026-11-21T08:00:00.000Z',
          fields: ['notes', 'password'],
          unchanged: ['password'],
          disabled: false,
          access: 'none',
        },
      ],
    },
  },
  run: async ({ ctx, params: { username } }) => ({ body: await leaverReport(ctx, { username }) }),
});

const table = operation({
  id: 'users.leaverReportTable',
  method: 'GET',
  path: '/users/{username}/leaver-report.csv',
  access,
  summary: 'The same as a table for spreadsheets',
  description:
    'UTF-8 with a byte order mark; no cell is taken for a formula. In each row `since` is the time from which on the audit ' +
    `is in the safe, empty while all of it is; the file's name has its day, too. ${about}`,
  params,
  status: 200,
  media: 'text/csv',
  answer: Type.String(),
  refusals,
  examples: {},
  async run({ ctx, params: { username } }) {
    const told = await leaverReport(ctx, { username });
    // Without any row nothing else would say that what he did before is not told.
    const from = told.since === null ? '' : `-since-${told.since.toISOString().slice(0, 10)}`;
    const headers = {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="leaver-report${from}.csv"`,
    };
    return { body: new Response(csvOf(told), { headers }) };
  },
});

const columns = ['kind', 'number', 'name', 'owner', 'lastAt', 'fields', 'unchanged', 'disabled', 'access', 'since'];

/** RFC 4180; what a spreadsheet would take for a formula is escaped. */
function csvOf({ since, items }: LeaverReport): string {
  const cells = items.map((row) => ({
    ...row,
    lastAt: row.lastAt.toISOString(),
    fields: row.fields.join(' '),
    unchanged: row.unchanged.join(' '),
    disabled: String(row.disabled),
    since: since?.toISOString() ?? '',
  }));
  return stringify(cells, { columns, header: true, bom: true, escape_formulas: true, record_delimiter: 'windows' });
}

export const leaverOperations: Operation[] = [report, table];

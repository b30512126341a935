import { Type } from 'typebox';
import { applyImport } from '../../actions/imports/apply.ts';
import { discardImport } from '../../actions/imports/discard.ts';
import { listOwnImports } from '../../actions/imports/list.ts';
import { mustMayPlan, planFromMySafe, planImport } from '../../actions/imports/plan.ts';
import { importLog, listImportRows, readImport } from '../../actions/imports/read.ts';
import { importTemplate } from '../../actions/imports/template.ts';
import { undoImport } from '../../actions/imports/undo.ts';
import { refuse } from '../../domain/errors.ts';
import { type FileFormat, type Verdict, verdicts } from '../../domain/import.ts';
import { streamed } from './audit-stream.ts';
import { logPieces } from './imports-log.ts';
import {
  fileFormat,
  importBody,
  importExample,
  importRowSchema,
  importSchema,
  rowBody,
  rowExample,
} from './imports-shapes.ts';
import { type Operation, operation } from './operation.ts';
import { idSchema, limitQuery, orNull, strict } from './schemas.ts';

const access = 'session';
const path = Type.Object({ id: idSchema });
/** The largest file, and its body: base64 takes a third more. */
const mostBytes = 32 * 1024 * 1024;
const largestBody = Math.ceil(mostBytes / 3) * 4 + 64 * 1024;

const plan = operation({
  id: 'imports.plan',
  method: 'POST',
  path: '/imports',
  access,
  summary: 'Plan an import of a file',
  description:
    'Reads an export of another product, up to 32 MiB and 100,000 records, and tells of each record whether it is new, the same as ' +
    'an item of yours, another content of one, or rejected, and why. Nothing is changed but the plan, which is kept for a day. ' +
    'What has no field here is kept in the notes. What is attached to entries becomes files, up to 32 MiB in all; the room of those that ' +
    'are to be made is reserved.',
  body: Type.Object(
    {
      file: Type.String({ maxLength: 255, description: "The file's name." }),
      content: Type.String({ description: "The file's bytes in base64." }),
      format: Type.Optional(fileFormat),
      passphrase: Type.Optional(Type.String({ maxLength: 1024, description: 'Of a file that is encrypted.' })),
    },
    strict,
  ),
  largeBody: { most: largestBody, mayBegin: mustMayPlan },
  status: 201,
  answer: importSchema,
  refusals: ['import_unreadable', 'import_impossible', 'import_not_found'],
  examples: { body: { file: 'chrome.csv', content: 'bmFtZSx1cmwsdXNlcm5hbWUscGFzc3dvcmQK' }, answer: importExample },
  async run({ ctx, body }) {
    const { file, content, format = null, passphrase = '' } = body;
    const bytes = Buffer.from(content, 'base64');
    if (bytes.length > mostBytes) refuse('import_unreadable', { why: 'is larger than 32 MiB' });
    const planned = await planImport(ctx, { file, format: format as FileFormat | null, bytes, passphrase });
    return { body: importBody(planned) };
  },
});

const planMySafe = operation({
  id: 'imports.planMySafe',
  method: 'POST',
  path: '/imports/mysafe',
  access,
  summary: 'Plan an import from another MySafe',
  description:
    'Fetches over the wire of MySafe all that an access key there reaches: each item is a reveal in the audit of that safe. The ' +
    'receipt tells how many came, and a digest. The address must be a public one, or listed by the operator (`ARCA_OUTBOUND_ALLOWED`).',
  body: Type.Object(
    {
      url: Type.String({ maxLength: 2048, description: 'Where the other safe answers, without `/api`.' }),
      clientId: Type.String({ minLength: 1, maxLength: 255 }),
      clientSecret: Type.String({ minLength: 1, maxLength: 255 }),
    },
    strict,
  ),
  status: 201,
  answer: importSchema,
  refusals: ['import_source_failed', 'import_impossible', 'import_not_found'],
  examples: {
    body: { url: 'https://mysafe.example.com', clientId: '0a1b', clientSecret: 'xxxx' },
    answer: { ...importExample, format: 'mysafe', file: 'https://mysafe.example.com' },
  },
  run: async ({ ctx, body }) => ({ body: importBody(await planFromMySafe(ctx, body)) }),
});

const list = operation({
  id: 'imports.list',
  method: 'GET',
  path: '/imports',
  access,
  summary: 'List your imports',
  description: 'Newest first.',
  query: Type.Object({ limit: limitQuery(100, 20), before: Type.Optional(idSchema) }, strict),
  status: 200,
  answer: Type.Object(
    { imports: Type.Array(importSchema), next: orNull(Type.Integer({ description: '`before` of the next page.' })) },
    { $id: 'ImportPage', ...strict },
  ),
  refusals: [],
  examples: { answer: { imports: [importExample], next: null } },
  async run({ ctx, query }) {
    const { limit = 20, before = null } = query;
    const found = await listOwnImports(ctx, { before, most: limit });
    return { body: { imports: found.map(importBody), next: found.length < limit ? null : (found.at(-1)?.id ?? null) } };
  },
});

const template = operation({
  id: 'imports.template',
  method: 'GET',
  path: '/imports/template',
  access,
  summary: 'Take the template for spreadsheets',
  description: 'An XLSX workbook with a sheet of passwords and one of notes, to be filled in and imported.',
  status: 200,
  answer: Type.Object(
    { file: Type.String(), content: Type.String({ description: 'Its bytes in base64.' }) },
    { $id: 'ImportTemplate', ...strict },
  ),
  refusals: [],
  examples: { answer: { file: 'arca-import.xlsx', content: 'UEsDBA==' } },
  async run({ ctx }) {
    const bytes = await importTemplate(ctx);
    return { body: { file: 'arca-import.xlsx', content: Buffer.from(bytes).toString('base64') } };
  },
});

const read = operation({
  id: 'imports.read',
  method: 'GET',
  path: '/imports/{id}',
  access,
  summary: 'Read an import',
  description: 'Its status, and how far it has come.',
  params: path,
  status: 200,
  answer: importSchema,
  refusals: ['import_not_found'],
  examples: { answer: importExample },
  run: async ({ ctx, params }) => ({ body: importBody(await readImport(ctx, params)) }),
});

const rows = operation({
  id: 'imports.rows',
  method: 'GET',
  path: '/imports/{id}/rows',
  access,
  summary: 'List the rows of an import',
  description: 'What is to become of each record of the file, or has become of it, in the order of the file.',
  params: path,
  query: Type.Object(
    {
      verdict: Type.Optional(Type.Enum([...verdicts])),
      limit: limitQuery(200, 100),
      after: Type.Optional(Type.Integer({ minimum: 0, description: 'Rows behind this place.' })),
    },
    strict,
  ),
  status: 200,
  answer: Type.Object(
    { rows: Type.Array(importRowSchema), next: orNull(Type.Integer({ description: '`after` of the next page.' })) },
    { $id: 'ImportRowPage', ...strict },
  ),
  refusals: ['import_not_found'],
  examples: { answer: { rows: [rowExample], next: null } },
  async run({ ctx, params, query }) {
    const { verdict, limit = 100, after = 0 } = query;
    const wanted = verdict === undefined ? {} : { verdicts: [verdict as Verdict] };
    const found = await listImportRows(ctx, { id: params.id, after, most: limit, ...wanted });
    return { body: { rows: found.map(rowBody), next: found.length < limit ? null : (found.at(-1)?.place ?? null) } };
  },
});

const log = operation({
  id: 'imports.log',
  method: 'GET',
  path: '/imports/{id}/log',
  access,
  summary: 'Take the log of an import',
  description:
    'A line for each record of the file, as CSV for spreadsheets, in which no cell is taken for a formula. No secrets.',
  params: path,
  status: 200,
  media: 'text/csv',
  answer: Type.String(),
  refusals: ['import_not_found'],
  examples: {},
  run: async ({ ctx, params }) => ({
    body: await streamed('text/csv; charset=utf-8', `import-${params.id}.csv`, logPieces(importLog(ctx, params))),
  }),
});

const apply = operation({
  id: 'imports.apply',
  method: 'POST',
  path: '/imports/{id}/apply',
  access,
  summary: 'Apply an import',
  description:
    'The safe goes on by itself; read the import to see how far it has come. New items are seen by nobody until all are there, and ' +
    'then at once; after that, items with another content get a new version. One that was changed since the plan was made is left.',
  params: path,
  body: Type.Object(
    { updates: Type.Optional(Type.Boolean({ description: 'False leaves items that stand otherwise as they are.' })) },
    strict,
  ),
  bodyOptional: true,
  status: 200,
  answer: importSchema,
  refusals: ['import_not_found', 'import_impossible'],
  examples: { body: { updates: true }, answer: { ...importExample, status: 'applying' } },
  run: async ({ ctx, params, body }) => ({
    body: importBody(await applyImport(ctx, { id: params.id, updates: body.updates ?? true })),
  }),
});

const undo = operation({
  id: 'imports.undo',
  method: 'POST',
  path: '/imports/{id}/undo',
  access,
  summary: 'Undo an import',
  description:
    'Within a day after it was planned. Items that it made and nobody has changed vanish; those that somebody has changed are ' +
    'disabled and told in the log. Items that it changed are again what they were, unless somebody has changed them since.',
  params: path,
  status: 200,
  answer: importSchema,
  refusals: ['import_not_found', 'import_impossible'],
  examples: { answer: { ...importExample, status: 'undoing' } },
  run: async ({ ctx, params }) => ({ body: importBody(await undoImport(ctx, params)) }),
});

const discard = operation({
  id: 'imports.discard',
  method: 'DELETE',
  path: '/imports/{id}',
  access,
  summary: 'Discard a plan',
  description:
    'Before it is applied. It is gone at once, and the room that it reserved for files is free within moments.',
  params: path,
  status: 204,
  answer: null,
  refusals: ['import_not_found', 'import_impossible'],
  examples: {},
  async run({ ctx, params }) {
    await discardImport(ctx, params);
    return {};
  },
});

export const importOperations: Operation[] = [list, plan, planMySafe, template, read, rows, log, apply, undo, discard];

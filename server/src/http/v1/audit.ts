import { type Static, Type } from 'typebox';
import { exportAudit } from '../../actions/audit/export.ts';
import { exportSearch } from '../../actions/audit/export-search.ts';
import { type FoundEntry, searchAudit } from '../../actions/audit/search.ts';
import type { AuditFilters } from '../../actions/audit/search-plan.ts';
import type { Context } from '../../actions/safe.ts';
import { refuse } from '../../domain/errors.ts';
import { type Kind, kinds } from '../../domain/kind.ts';
import { csvOf, linesOf, streamed } from './audit-stream.ts';
import { type Operation, operation } from './operation.ts';
import { cursorQuery, idSchema, limitQuery, orNull, strict, time, usernameSchema } from './schemas.ts';

const access = 'session';

const filters = {
  user: Type.Optional(Type.String({ maxLength: 64, description: 'Who acted: a username.' })),
  event: Type.Optional(
    Type.String({
      maxLength: 64,
      pattern: '^[a-z][a-z.-]*$',
      description: 'An event such as `item.revealed`; with a dot at its end all that begin so, such as `item.`',
    }),
  ),
  item: Type.Optional(
    Type.String({
      maxLength: 64,
      pattern: `^(${kinds.join('|')}):[1-9][0-9]{0,14}$`,
      description: 'On what: kind and number, such as `password:3`.',
    }),
  ),
  since: Type.Optional(Type.String({ format: 'date-time', description: 'From this time on.' })),
  until: Type.Optional(Type.String({ format: 'date-time', description: 'Before this time.' })),
  address: Type.Optional(Type.String({ maxLength: 100, description: 'From where: an address or a CIDR block.' })),
  reason: Type.Optional(
    Type.String({ minLength: 1, maxLength: 100, description: 'What occurs in the code of a refusal: `denied`.' }),
  ),
};

const filterQuery = Type.Object(filters, strict);

function filtersOf(query: Static<typeof filterQuery>): AuditFilters {
  const { user = null, event = null, since = null, until = null, address = null, reason = null } = query;
  const [kind, number] = query.item?.split(':') ?? [];
  const item = kind === undefined ? null : { kind: kind as Kind, number: Number(number) };
  return { user, event, item, since, until, address, reason };
}

const entrySchema = Type.Object(
  {
    id: Type.String({ description: 'The lane of its writer and its place in it: `lane:sequence`.' }),
    at: time(),
    event: Type.String(),
    user: orNull(usernameSchema),
    accessKey: orNull(Type.Object({ id: idSchema, clientId: Type.String() }, strict)),
    target: orNull(Type.String({ description: '`password:3`, `user:7`, `group:2`, `access-key:5`.' })),
    address: orNull(Type.String()),
    requestId: Type.String({ description: 'The `X-Request-Id` of the answer.' }),
    details: Type.Record(
      Type.String(),
      Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null(), Type.Array(Type.String())]),
      { description: 'By event: fields revealed, the reason given, the code of a refusal. Never a secret.' },
    ),
  },
  { $id: 'AuditEntry', ...strict },
);

function entryBody({ lane, sequence, accessKeyId, clientId, details, ...entry }: FoundEntry) {
  const { address, ...rest } = details;
  const { at, event, user, target, requestId } = entry;
  return {
    id: `${lane}:${sequence}`,
    at,
    event,
    user,
    accessKey: accessKeyId === null ? null : { id: accessKeyId, clientId: clientId ?? '' },
    target,
    address: typeof address === 'string' ? address : null,
    requestId,
    details: rest,
  };
}

const list = operation({
  id: 'audit.list',
  method: 'GET',
  path: '/audit',
  access,
  summary: 'Search the audit',
  description:
    'Newest first. Administrators see everything; others see their own acts and, with `item`, all that was done to an item ' +
    'that they own. Filters hold together. Pages stay right while entries are added. Some filters look into sealed ' +
    'details: such a page stops after 5,000 entries, `partial`, and goes on from `next`.',
  query: Type.Object({ ...filters, limit: limitQuery(200, 50), cursor: cursorQuery }, strict),
  status: 200,
  answer: Type.Object(
    {
      entries: Type.Array(entrySchema),
      next: orNull(Type.String({ description: 'Cursor of the next page.' })),
      partial: Type.Boolean({ description: 'The search stopped before the page was full; `next` goes on.' }),
      since: orNull(time('What is older is in archives, outside the safe. Null while nothing is.')),
    },
    { $id: 'AuditPage', ...strict },
  ),
  refusals: ['cursor_invalid', 'user_not_found', 'field_invalid'],
  examples: {
    answer: {
      entries: [
        {
          id: '6f0c2d9b51e7a384:1042',
          at: '2026-11-21T08:00:00.000Z',
          event: 'item.revealed',
          user: 'ana',
          accessKey: null,
          target: 'password:312',
          address: '192.0.2.7',
          requestId: '0b2f9f5e-5c0f-4a55-9f0b-6a3a1f6f7c11',
          details: { version: 2, fields: ['password'] },
        },
      ],
      next: null,
      partial: false,
      since: null,
    },
  },
  async run({ ctx, query }) {
    const { limit = 50, cursor = null, ...sought } = query;
    const page = await searchAudit(ctx, { ...filtersOf(sought), limit, cursor });
    return { body: { ...page, entries: page.entries.map(entryBody) } };
  },
});

const exported = operation({
  id: 'audit.export',
  method: 'GET',
  path: '/audit/export',
  access,
  summary: 'Export the audit',
  description:
    '`jsonl`: the whole audit as lines of JSON, what `arca audit verify` checks. `csv`: what a search with these filters ' +
    'finds, as a table for spreadsheets (`text/csv`, UTF-8 with a byte order mark) in which no cell is taken for a formula. ' +
    'For administrators with a fresh proof; recorded before the first line leaves. An answer that breaks off is not whole.',
  query: Type.Object({ format: Type.Enum(['jsonl', 'csv']), ...filters }, strict),
  status: 200,
  media: 'application/jsonl',
  answer: Type.String(),
  refusals: ['proof_required', 'user_not_found', 'field_invalid'],
  examples: {},
  async run({ ctx, query }) {
    const { format, ...sought } = query;
    const body = format === 'csv' ? await csv(ctx, filtersOf(sought)) : await jsonl(ctx, Object.keys(sought));
    return { body };
  },
});

function csv(ctx: Context, sought: AuditFilters): Promise<Response> {
  const rows = async function* () {
    for await (const entries of exportSearch(ctx, sought)) yield entries.map(entryBody);
  };
  return streamed('text/csv; charset=utf-8', 'audit.csv', csvOf(rows()));
}

/** An export that is to be verified is whole or nothing: filters are for tables. */
function jsonl(ctx: Context, sought: readonly string[]): Promise<Response> {
  if (sought.length > 0) {
    const why = 'is for format=csv: an export as lines of JSON is always the whole';
    refuse('request_invalid', { errors: sought.map((field) => ({ field, why })) });
  }
  return streamed('application/jsonl', 'audit.jsonl', linesOf(exportAudit(ctx)));
}

export const auditOperations: Operation[] = [list, exported];

import { Type } from 'typebox';
import { reportOnKeys } from '../../actions/access-keys/report.ts';
import { simulateKey } from '../../actions/access-keys/simulate.ts';
import type { ItemAction } from '../../domain/access.ts';
import type { ItemReference } from '../../domain/access-key.ts';
import { acts, type Reason } from '../../domain/access-key-simulation.ts';
import { type Finding, findings, soonDays } from '../../domain/key-report.ts';
import { keyBody, keyExample, keyFields, keyPath, ownerQuery } from './access-keys-shapes.ts';
import { type Operation, operation } from './operation.ts';
import { cursorQuery, kindSchema, limitQuery, numberSchema, orNull, strict } from './schemas.ts';

const access = 'session';

/** Total: a new reason does not compile without words here. `code` is stable, texts may be worded better. */
const words: { readonly [R in Reason]: string } = {
  key_revoked: 'The key is revoked for good: clone it or make another.',
  key_held: 'The safe was restored from a backup: confirm the key first.',
  key_expired: 'The key has expired: give it a later end.',
  owner_disabled: 'The owner of the key is disabled.',
  address: 'The key may not be used from this address.',
  referer: 'The key may be used from certain pages only, and the referer is none of them.',
  certificate: 'The key asks for another client certificate.',
  closed_to_keys: 'No access key may do this: it needs a person who signed in.',
  key_read_only: 'The key is read-only.',
  item_not_chosen: 'The key is for chosen items only, and this is none of them.',
  item_not_found: 'There is no item of that number.',
  no_access: 'The owner of the key has no access to the item.',
  role_too_weak: 'The owner of the key may see the item, but may not do this with it.',
  item_disabled: 'The item is disabled: enable it first.',
  justification_required: 'The item asks for a reason: the call must bring one.',
  approval_required: 'The item asks for an approval.',
};

const simulate = operation({
  id: 'accessKeys.simulate',
  method: 'POST',
  path: '/access-keys/{id}/simulate',
  access,
  summary: 'Would this access key work?',
  description:
    'From there, with this certificate, for this item and action, now; and if not, every reason why, in the order in which a ' +
    'call would meet them. Does nothing and records nothing.',
  params: keyPath,
  body: Type.Object(
    {
      address: Type.Optional(Type.String({ maxLength: 100, description: 'Your own address unless told.' })),
      referer: Type.Optional(Type.String({ maxLength: 2048, description: 'None unless told.' })),
      fingerprint: Type.Optional(
        Type.String({ maxLength: 200, description: 'SHA-256 of the client certificate in hex; none unless told.' }),
      ),
      item: Type.Optional(Type.Object({ kind: kindSchema, number: numberSchema }, strict)),
      action: Type.Optional(
        Type.Enum(acts.map(nameOf), {
          description: '`reveal` unless told, where there is an item. `create` and `list` are on no item.',
        }),
      ),
      withJustification: Type.Optional(Type.Boolean({ description: 'Will the call give a reason? No unless told.' })),
    },
    strict,
  ),
  bodyOptional: true,
  status: 200,
  answer: Type.Object(
    {
      works: Type.Boolean(),
      reasons: Type.Array(Type.Object({ code: Type.Enum(Object.keys(words)), detail: Type.String() }, strict), {
        description: 'Everything that stands against it; empty when it works.',
      }),
    },
    { $id: 'KeySimulation', ...strict },
  ),
  refusals: ['key_not_found', 'field_missing', 'field_invalid'],
  examples: {
    body: { address: '198.51.100.7', item: { kind: 'password', number: 312 }, action: 'update' },
    answer: {
      works: false,
      reasons: [
        { code: 'address', detail: words.address },
        { code: 'key_read_only', detail: words.key_read_only },
      ],
    },
  },
  async run({ ctx, params, body }) {
    const { address = null, referer = null, fingerprint = null, item, action, withJustification } = body;
    const act = action ?? (item ? 'reveal' : null);
    const { works, reasons } = await simulateKey(ctx, {
      id: params.id,
      address,
      referer,
      fingerprint,
      act: act === null ? null : (`item.${act}` as ItemAction),
      item: (item as ItemReference | undefined) ?? null,
      isJustified: withJustification ?? false,
    });
    return { body: { works, reasons: reasons.map((code) => ({ code, detail: words[code] })) } };
  },
});

function nameOf(act: ItemAction): string {
  return act.slice('item.'.length);
}

const report = operation({
  id: 'accessKeys.report',
  method: 'GET',
  path: '/access-keys/report',
  access,
  summary: 'Access keys that deserve a look',
  description:
    'Live keys that were never or long not used, that reach everything from everywhere, that never end or end within ' +
    `${soonDays} days, or whose owner is disabled. Newest first; a page may be short while \`next\` leads on.`,
  query: Type.Object(
    {
      owner: ownerQuery,
      days: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 3650,
          description: 'Days without use that count as unused; 90 unless told.',
        }),
      ),
      finding: Type.Optional(Type.Enum([...findings], { description: 'Keys with this finding alone.' })),
      limit: limitQuery(200, 50),
      cursor: cursorQuery,
    },
    strict,
  ),
  status: 200,
  answer: Type.Object(
    {
      accessKeys: Type.Array(
        Type.Object(
          { ...keyFields, findings: Type.Array(Type.Enum([...findings]), { minItems: 1 }) },
          { $id: 'ReportedAccessKey', ...strict },
        ),
      ),
      next: orNull(Type.String({ description: 'Cursor of the next page.' })),
    },
    { $id: 'AccessKeyReport', ...strict },
  ),
  refusals: ['cursor_invalid', 'user_not_found'],
  examples: {
    answer: { accessKeys: [{ ...keyExample, expiresAt: null, findings: ['never-expires'] }], next: null },
  },
  async run({ ctx, query }) {
    const { keys, next } = await reportOnKeys(ctx, {
      owner: query.owner ?? null,
      unusedDays: query.days ?? 90,
      finding: (query.finding as Finding | undefined) ?? null,
      limit: query.limit ?? 50,
      cursor: query.cursor ?? null,
    });
    return { body: { accessKeys: keys.map((key) => ({ ...keyBody(key), findings: key.findings })), next } };
  },
});

export const accessKeyInquiryOperations: Operation[] = [report, simulate];

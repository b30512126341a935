import { type TSchema, Type } from 'typebox';
import { disableItem } from '../../actions/items/disable.ts';
import { enableItem } from '../../actions/items/enable.ts';
import { revealItem } from '../../actions/items/reveal.ts';
import { type Subject, shareItem } from '../../actions/items/share.ts';
import type { Context } from '../../actions/safe.ts';
import { Refusal, refuse } from '../../domain/errors.ts';
import type { Kind } from '../../domain/kind.ts';
import { revealedExample } from './item-examples.ts';
import { revealedBody, revealedSchema, revealingOf, secretFields, shareRole } from './item-shapes.ts';
import { withReason } from './items.ts';
import { type Operation, operation } from './operation.ts';
import { problemBody } from './problems.ts';
import {
  changedState,
  idSchema,
  kindSchema,
  numberSchema,
  orNull,
  problemSchema,
  strict,
  time,
  usernameSchema,
} from './schemas.ts';

const mostItems = 200;
const access = 'session or key';

const reference = Type.Object(
  {
    kind: kindSchema,
    number: numberSchema,
    revision: Type.Optional(Type.Integer({ minimum: 1, description: 'Refuse the item if it has another one by now.' })),
  },
  { $id: 'BatchItem', ...strict },
);
const items = Type.Array(reference, { minItems: 1, maxItems: mostItems });
type Reference = { kind: string; number: number; revision?: number };

const resultsOf = (id: string, result: TSchema) =>
  Type.Object(
    {
      results: Type.Array(
        Type.Object(
          {
            kind: kindSchema,
            number: numberSchema,
            result: Type.Optional(result),
            problem: Type.Optional(problemSchema),
          },
          strict,
        ),
        { description: 'In the order of the items: what was done with each, or why not.' },
      ),
    },
    { $id: id, ...strict },
  );

const words = `Up to ${mostItems} items; each is done or refused by itself, and recorded by itself.`;

/** Does something with each item at once; the pump puts them into few transactions. */
async function each(
  ctx: Context,
  references: readonly Reference[],
  act: (ctx: Context, name: { kind: Kind; number: string; revision: number | null }) => Promise<unknown>,
) {
  const results = references.map(async ({ kind, number, revision }, at) => {
    // Each item's share of a repeated batch is remembered under a key of its own.
    const repeat = ctx.repeat && { ...ctx.repeat, key: `${ctx.repeat.key}#${at}` };
    const name = { kind: kind as Kind, number: String(number), revision: revision ?? null };
    try {
      return { kind, number, result: await act({ ...ctx, repeat }, name) };
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || ofTheWhole.has(thrown.code)) throw thrown;
      return { kind, number, problem: problemBody(thrown, ctx.requestId) };
    }
  });
  return { body: { results: await Promise.all(results) } };
}

/** Refusals that say nothing of an item, but of the call. */
const ofTheWhole: ReadonlySet<string> = new Set([
  'token_missing',
  'token_invalid',
  'key_restricted',
  'second_factor_not_enrolled',
  'password_change_required',
]);

const example = {
  items: [
    { kind: 'password', number: 312 },
    { kind: 'note', number: 7 },
  ],
};
const answerExample = {
  results: [{ kind: 'password', number: 312, result: { changed: true, revision: 8 } }],
};

const states = (
  [
    ['disable', disableItem],
    ['enable', enableItem],
  ] as const
).map(([verb, action]) =>
  operation({
    id: `batch.${verb}`,
    method: 'POST',
    path: `/batch/${verb}`,
    access,
    summary: verb === 'disable' ? 'Disable many items' : 'Enable many items again',
    description: words,
    body: Type.Object({ items }, strict),
    status: 200,
    answer: resultsOf('BatchChanged', changedState),
    refusals: [],
    repeatable: true,
    examples: { body: example, answer: answerExample },
    run: ({ ctx, body }) => each(ctx, body.items, action),
  }),
);

const share = operation({
  id: 'batch.share',
  method: 'POST',
  path: '/batch/share',
  access,
  summary: 'Share many items with one user or group',
  description: words,
  body: Type.Object(
    {
      items,
      user: Type.Optional(usernameSchema),
      groupId: Type.Optional(idSchema),
      role: shareRole,
      expiresAt: Type.Optional(orNull(time())),
    },
    strict,
  ),
  status: 200,
  answer: resultsOf('BatchChanged', changedState),
  refusals: ['request_invalid'],
  repeatable: true,
  examples: { body: { ...example, user: 'ben', role: 'viewer' }, answer: answerExample },
  run({ ctx, body }) {
    const subject = subjectOf(body.user, body.groupId);
    const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null;
    const role = body.role as 'viewer' | 'editor';
    return each(ctx, body.items, (one, name) => shareItem(one, { ...name, subject, role, expiresAt }));
  },
});

function subjectOf(user: string | undefined, groupId: number | undefined): Subject {
  if (user !== undefined && groupId === undefined) return { user };
  if (groupId !== undefined && user === undefined) return { group: groupId };
  return refuse('request_invalid', { errors: [{ field: 'user', why: 'name either a user or a groupId' }] });
}

const reveal = operation({
  id: 'batch.reveal',
  method: 'POST',
  path: '/batch/reveal',
  access,
  summary: 'Reveal the secrets of many items',
  description: words,
  body: Type.Object({ items, justification: Type.Optional(Type.String({ maxLength: 1000 })) }, strict),
  status: 200,
  answer: resultsOf('BatchRevealed', revealedSchema),
  refusals: [],
  examples: {
    body: { items: [{ kind: 'password', number: 312 }] },
    answer: { results: [{ kind: 'password', number: 312, result: revealedExample }] },
  },
  run: ({ ctx, body }) =>
    each(withReason(ctx, body.justification), body.items, async (one, { kind, number }) =>
      revealedBody(await revealItem(one, { kind, number, revealing: revealingOf(secretFields[kind]) })),
    ),
});

export const batchOperations: Operation[] = [...states, share, reveal];

import { Type } from 'typebox';
import { addAccessKey } from '../../actions/access-keys/add.ts';
import { changeAccessKey } from '../../actions/access-keys/change.ts';
import { cloneAccessKey } from '../../actions/access-keys/clone.ts';
import { confirmAccessKey } from '../../actions/access-keys/confirm.ts';
import { endOwnKey } from '../../actions/access-keys/end-own.ts';
import { readAccessKey } from '../../actions/access-keys/read.ts';
import { revokeAccessKey } from '../../actions/access-keys/revoke.ts';
import { searchAccessKeys } from '../../actions/access-keys/search.ts';
import { viewPrivateKey } from '../../actions/access-keys/view-private-key.ts';
import { viewKeySecret } from '../../actions/access-keys/view-secret.ts';
import type { Context } from '../../actions/safe.ts';
import { type KeyState, keyStates } from '../../domain/access-key.ts';
import {
  changedKey,
  credentialsExample,
  credentialsSchema,
  draftOf,
  keyBody,
  keyExample,
  keyPath,
  keySchema,
  newKey,
  ownerQuery,
} from './access-keys-shapes.ts';
import { type Operation, operation } from './operation.ts';
import { cursorQuery, limitQuery, orNull, strict } from './schemas.ts';

const access = 'session';

const list = operation({
  id: 'accessKeys.list',
  method: 'GET',
  path: '/access-keys',
  access,
  summary: 'List access keys',
  description:
    'Your own, newest first, with their limits and use and never with their secret. Administrators may look at those of ' +
    'others. A page that `q` sifted may be short while `next` leads on.',
  query: Type.Object(
    {
      owner: ownerQuery,
      q: Type.Optional(
        Type.String({ maxLength: 1000, description: 'Words that all occur in name, description, tags or client id.' }),
      ),
      state: Type.Optional(Type.Enum([...keyStates], { description: 'Any unless told.' })),
      limit: limitQuery(200, 50),
      cursor: cursorQuery,
    },
    strict,
  ),
  status: 200,
  answer: Type.Object(
    { accessKeys: Type.Array(keySchema), next: orNull(Type.String({ description: 'Cursor of the next page.' })) },
    { $id: 'AccessKeyPage', ...strict },
  ),
  refusals: ['cursor_invalid', 'user_not_found'],
  examples: { answer: { accessKeys: [keyExample], next: null } },
  async run({ ctx, query }) {
    const found = await searchAccessKeys(ctx, {
      owner: query.owner ?? null,
      words: query.q ?? '',
      state: (query.state as KeyState | undefined) ?? null,
      limit: query.limit ?? 50,
      cursor: query.cursor ?? null,
    });
    return { body: { accessKeys: found.keys.map(keyBody), next: found.next } };
  },
});

const add = operation({
  id: 'accessKeys.add',
  method: 'POST',
  path: '/access-keys',
  access,
  summary: 'Add an access key',
  description:
    'An OAuth client that acts as you, within its limits and never beyond your own access. Needs a fresh proof, and the ' +
    "policy's leave. The answer shows its credentials; a private key is downloaded by `…/private-key`.",
  body: newKey,
  status: 201,
  answer: credentialsSchema,
  refusals: ['proof_required', 'keys_not_allowed', 'field_missing', 'field_invalid'],
  repeatable: true,
  examples: {
    body: { name: 'Nightly backup', addresses: ['192.0.2.0/24'], items: [{ kind: 'password', number: 312 }] },
    answer: credentialsExample,
  },
  async run({ ctx, body }) {
    const { encryption, ...draft } = body;
    return made(await addAccessKey(ctx, { ...draftOf(draft), ...(encryption ? { encryption: `${encryption}` } : {}) }));
  },
});

function made(credentials: Awaited<ReturnType<typeof addAccessKey>>) {
  return { body: credentials, headers: { location: `/api/v1/access-keys/${credentials.id}` } };
}

const read = operation({
  id: 'accessKeys.read',
  method: 'GET',
  path: '/access-keys/{id}',
  access,
  summary: 'Read an access key',
  description: 'Its limits and use, never its secret. For its owner and administrators.',
  params: keyPath,
  status: 200,
  answer: keySchema,
  refusals: ['key_not_found'],
  examples: { answer: keyExample },
  run: ({ ctx, params }) => shown(ctx, params.id),
});

const change = operation({
  id: 'accessKeys.change',
  method: 'PATCH',
  path: '/access-keys/{id}',
  access,
  summary: 'Change an access key',
  description:
    'What is absent stays; credentials and encryption always do. Counts for the very next call, of tokens that were ' +
    'given before too. Needs a fresh proof.',
  params: keyPath,
  body: changedKey,
  status: 200,
  answer: keySchema,
  refusals: ['key_not_found', 'key_revoked', 'proof_required', 'field_missing', 'field_invalid'],
  examples: { body: { addresses: ['192.0.2.7'], expiresAt: null }, answer: keyExample },
  async run({ ctx, params, body }) {
    await changeAccessKey(ctx, { ...draftOf(body), id: params.id });
    return await shown(ctx, params.id);
  },
});

const clone = operation({
  id: 'accessKeys.clone',
  method: 'POST',
  path: '/access-keys/{id}/clone',
  access,
  summary: 'Clone an access key',
  description: 'The same limits, new credentials, "(Copy)" after its name, and no end. Needs a fresh proof.',
  params: keyPath,
  status: 201,
  answer: credentialsSchema,
  refusals: ['key_not_found', 'keys_not_allowed', 'proof_required', 'field_invalid'],
  repeatable: true,
  examples: { answer: { ...credentialsExample, id: 6 } },
  run: async ({ ctx, params }) => made(await cloneAccessKey(ctx, params)),
});

const revoke = operation({
  id: 'accessKeys.revoke',
  method: 'POST',
  path: '/access-keys/{id}/revoke',
  access,
  summary: 'Revoke an access key',
  description: 'Ends it and all its tokens at once and for good. For its owner and administrators.',
  params: keyPath,
  status: 200,
  answer: Type.Object({ changed: Type.Boolean({ description: 'False when it was revoked already.' }) }, strict),
  refusals: ['key_not_found'],
  repeatable: true,
  examples: { answer: { changed: true } },
  run: async ({ ctx, params }) => ({ body: await revokeAccessKey(ctx, params) }),
});

const endOwn = operation({
  id: 'accessKeys.endOwn',
  method: 'POST',
  path: '/access-keys/end-own',
  access: 'session or key',
  summary: 'Revoke the access key that calls',
  description: 'Ends the key whose token is sent, and all its tokens, at once and for good. No session has one.',
  status: 204,
  answer: null,
  refusals: ['access_denied'],
  examples: {},
  async run({ ctx }) {
    await endOwnKey(ctx);
    return {};
  },
});

const confirm = operation({
  id: 'accessKeys.confirm',
  method: 'POST',
  path: '/access-keys/{id}/confirm',
  access,
  summary: 'Confirm an access key that a restore holds',
  description:
    'After a restore no key works until it is confirmed: it may have been revoked since the backup. For its owner, with a ' +
    'fresh proof.',
  params: keyPath,
  status: 200,
  answer: Type.Object({ changed: Type.Boolean({ description: 'False when it was not held.' }) }, strict),
  refusals: ['key_not_found', 'key_revoked', 'proof_required'],
  repeatable: true,
  examples: { answer: { changed: true } },
  run: async ({ ctx, params }) => ({ body: await confirmAccessKey(ctx, params) }),
});

const viewSecret = operation({
  id: 'accessKeys.viewSecret',
  method: 'POST',
  path: '/access-keys/{id}/secret',
  access,
  summary: 'View the secret of an access key again',
  description: 'Recorded before the answer leaves. For its owner alone, with a fresh proof.',
  params: keyPath,
  status: 200,
  answer: credentialsSchema,
  refusals: ['key_not_found', 'proof_required'],
  examples: { answer: credentialsExample },
  run: async ({ ctx, params }) => ({ body: await viewKeySecret(ctx, params) }),
});

const privateKey = operation({
  id: 'accessKeys.viewPrivateKey',
  method: 'POST',
  path: '/access-keys/{id}/private-key',
  access,
  summary: 'Download the private key of an access key',
  description:
    'The unencrypted PKCS#8 PEM that opens its encrypted answers, as a file. Recorded before the answer leaves. For its ' +
    'owner alone, with a fresh proof.',
  params: keyPath,
  status: 200,
  media: 'application/x-pem-file',
  answer: Type.String(),
  refusals: ['key_not_found', 'key_without_private_key', 'proof_required'],
  examples: {},
  async run({ ctx, params }) {
    const { clientId, pem } = await viewPrivateKey(ctx, params);
    return { body: pem, headers: { 'content-disposition': `attachment; filename="${clientId}.key"` } };
  },
});

async function shown(ctx: Context, id: number) {
  return { body: keyBody(await readAccessKey(ctx, { id })) };
}

export const accessKeyOperations: Operation[] = [
  list,
  add,
  read,
  change,
  clone,
  revoke,
  endOwn,
  confirm,
  viewSecret,
  privateKey,
];

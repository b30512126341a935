import { type Static, Type } from 'typebox';
import type { ShownKey } from '../../actions/access-keys/shown.ts';
import {
  encryptions,
  type KeyDraft,
  keyStates,
  longestKeyDescription,
  longestKeyName,
  mostKeyItems,
} from '../../domain/access-key.ts';
import { idSchema, kindSchema, numberSchema, orNull, strict, time, usernameSchema } from './schemas.ts';

const reference = Type.Object({ kind: kindSchema, number: numberSchema }, strict);

const limits = {
  addresses: Type.Array(Type.String({ maxLength: 100 }), {
    maxItems: 200,
    description: 'IPv4 and IPv6 addresses, CIDR blocks, `*`. Empty: any.',
  }),
  referers: Type.Array(Type.String({ maxLength: 2048 }), {
    maxItems: 200,
    description:
      'Origin and, if wanted, path of the pages that may use it. Empty: any. A habit of browsers, no boundary.',
  }),
  fingerprint: orNull(
    Type.String({ maxLength: 200, description: 'SHA-256 of the client certificate in hex, with or without colons.' }),
  ),
  items: orNull(
    Type.Array(reference, {
      maxItems: mostKeyItems,
      description: 'The chosen items; null: all that its owner reaches.',
    }),
  ),
  readOnly: Type.Boolean(),
};

const label = {
  name: Type.String({ minLength: 1, maxLength: longestKeyName }),
  description: Type.String({ maxLength: longestKeyDescription }),
  tags: Type.Array(Type.String({ maxLength: 255 }), { maxItems: 50 }),
};

const expiresAt = orNull(
  Type.String({ format: 'date-time', description: 'In the future; null: works until it is revoked.' }),
);

const encryption = Type.Enum([...encryptions], {
  description: 'How it gets secrets: as they are, or encrypted to its own key pair.',
});

const draft = {
  description: Type.Optional(label.description),
  tags: Type.Optional(label.tags),
  addresses: Type.Optional(limits.addresses),
  referers: Type.Optional(limits.referers),
  fingerprint: Type.Optional(limits.fingerprint),
  items: Type.Optional(limits.items),
  readOnly: Type.Optional(limits.readOnly),
  expiresAt: Type.Optional(expiresAt),
};

export const newKey = Type.Object(
  { name: label.name, ...draft, encryption: Type.Optional(encryption) },
  { $id: 'NewAccessKey', ...strict },
);

export const changedKey = Type.Object(
  { name: Type.Optional(label.name), ...draft },
  { $id: 'ChangedAccessKey', minProperties: 1, ...strict },
);

/** What a caller sends becomes what the actions take: items by name, as the command spells them. */
export function draftOf({ items, ...rest }: Static<typeof changedKey>): KeyDraft {
  if (items === undefined) return rest as KeyDraft;
  const names = items === null ? null : items.map(({ kind, number }) => `${kind}:${number}`);
  return { ...rest, items: names } as KeyDraft;
}

export const keyFields = {
  id: idSchema,
  clientId: Type.String(),
  owner: usernameSchema,
  ...label,
  encryption,
  ...limits,
  state: Type.Enum([...keyStates]),
  expiresAt: orNull(time()),
  revokedAt: orNull(time()),
  heldAt: orNull(
    Type.String({ format: 'date-time', description: 'Set by a restore: the key works again once it is confirmed.' }),
  ),
  createdAt: time(),
  lastUsedAt: orNull(time()),
  uses: Type.Integer({ minimum: 0, description: 'Tokens and calls, as of a minute ago.' }),
  lastAddress: orNull(Type.String({ description: 'From where it was last used.' })),
};

export const keySchema = Type.Object(keyFields, { $id: 'AccessKey', ...strict });

export const credentialsSchema = Type.Object(
  { id: idSchema, clientId: Type.String(), clientSecret: Type.String() },
  { $id: 'KeyCredentials', ...strict },
);

export const keyPath = Type.Object({ id: idSchema });

export const ownerQuery = Type.Optional(
  Type.String({ maxLength: 64, description: 'Administrators: `all`, or a username. Your own unless told.' }),
);

export function keyBody({
  ownerId: _,
  publicKey: __,
  limits: { addresses, referers, fingerprint, items, readOnly },
  ...rest
}: ShownKey) {
  return { ...rest, addresses, referers, fingerprint, items, readOnly };
}

export const keyExample = {
  id: 5,
  clientId: '0f3c1d2e4b5a69788796a5b4c3d2e1f00f3c1d2e4',
  owner: 'ana',
  name: 'Nightly backup',
  description: 'Reads the database password.',
  tags: ['operations'],
  encryption: 'none',
  addresses: ['192.0.2.0/24'],
  referers: [],
  fingerprint: null,
  items: [{ kind: 'password', number: 312 }],
  readOnly: true,
  state: 'live',
  expiresAt: '2027-06-30T00:00:00.000Z',
  revokedAt: null,
  heldAt: null,
  createdAt: '2026-11-02T09:30:00.000Z',
  lastUsedAt: '2026-11-21T02:00:03.120Z',
  uses: 19,
  lastAddress: '192.0.2.7',
};

export const credentialsExample = {
  id: 5,
  clientId: keyExample.clientId,
  clientSecret: 'not-a-real-one',
};

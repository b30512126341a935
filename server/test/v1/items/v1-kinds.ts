import type { Kind } from '../../../src/domain/kind.ts';

/** A text field as our own API has it; `most` in code points. Written out, so that no test believes the code. */
type V1Field = { field: string; required: boolean; most: number; secret: boolean };

export type V1Kind = {
  kind: Kind;
  path: string;
  /** The least that creates one. */
  least: Readonly<Record<string, string>>;
  fields: readonly V1Field[];
};

const open = (field: string, most: number, required = false): V1Field => ({ field, required, most, secret: false });
const secret = (field: string, most: number, required = false): V1Field => ({ field, required, most, secret: true });

export const v1Kinds: readonly V1Kind[] = [
  {
    kind: 'password',
    path: '/api/v1/items/password',
    least: { name: 'mail', username: 'olga', password: 'pw' },
    fields: [
      open('name', 255, true),
      open('username', 255, true),
      secret('password', 4096, true),
      open('url', 2048),
      secret('notes', 10_000),
    ],
  },
  {
    kind: 'note',
    path: '/api/v1/items/note',
    least: { name: 'door', note: 'code' },
    fields: [open('name', 255, true), secret('note', 100_000, true)],
  },
  {
    kind: 'api-secret',
    path: '/api/v1/items/api-secret',
    least: { name: 'pay', url: 'https://pay.example.com', clientId: 'shop' },
    fields: [
      open('name', 255, true),
      open('url', 2048, true),
      open('clientId', 4096, true),
      secret('clientSecret', 4096),
      open('identifierCode', 255),
      secret('notes', 10_000),
      open('method', 255),
    ],
  },
];

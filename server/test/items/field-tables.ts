import { apiSecretKind, noteKind, passwordKind, type WireKind } from './wire-kinds.ts';

/** A text field as the contract has it: `most` in code points; `as` is its name in the answer to a read. */
export type TextField = { field: string; required: boolean; most: number };

const text = (field: string, most: number, required = false): TextField => ({ field, required, most });

/** The text fields of each kind in checking order, seeds, tags and sharing left out. */
export const textFields: readonly (readonly [WireKind, readonly TextField[]])[] = [
  [
    passwordKind,
    [
      text('name', 255, true),
      text('username', 255, true),
      text('password', 4096, true),
      text('url', 2048),
      text('notes', 10_000),
    ],
  ],
  [noteKind, [text('name', 255, true), text('note', 900, true)]],
  [
    apiSecretKind,
    [
      text('name', 255, true),
      text('url', 2048, true),
      text('client_id', 4096, true),
      text('client_secret', 4096),
      text('identifier_code', 255),
      text('notes', 10_000),
      text('method', 255),
    ],
  ],
];

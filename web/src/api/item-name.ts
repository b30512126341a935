import type { Item } from '@arca/sdk';

export type ItemName = { kind: Item['kind']; number: number };

/** Unique among all kinds, as the safe spells it: `password:12`. */
export function spellItem({ kind, number }: ItemName): string {
  return `${kind}:${number}`;
}

/** Null where the text names no item. */
export function readItem(text: string): ItemName | null {
  const [, kind, number] = /^(password|note|api-secret|file):([1-9]\d{0,14})$/.exec(text) ?? [];
  return kind === undefined ? null : { kind: kind as ItemName['kind'], number: Number(number) };
}

/** The path of the item's page. */
export function pathOfItem({ kind, number }: ItemName): string {
  return `/${kind}s/${number}`;
}

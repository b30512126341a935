import { type Item, isProblem, type Revealed } from '@arca/sdk';
import { arca } from '../api/arca.ts';
import type { SecretName } from './fields.ts';
import { askReason } from './reasons.ts';

/** An item that was to give a code and has no seed for one. */
export class NoCode extends Error {}

/** Reads one secret field, which the safe records; asks for a reason where one is wanted. '' when it is empty. */
export async function revealField(item: Item, field: SecretName): Promise<string> {
  const { secrets } = await withReason(item, (justification) => reveal(item, field, justification));
  return secrets[field] ?? '';
}

export type ShownCode = {
  code: string;
  /** In ms since 1970. */
  until: number;
  /** The reason that it was read with: for the next code. */
  reason: string | undefined;
};

/** Reads the code of this moment; with `reason` given, asks for none. */
export async function revealCode(item: Item, reason?: string): Promise<ShownCode> {
  let said = reason;
  const read = (justification: string | undefined) => {
    said = justification;
    return reveal(item, 'code', justification);
  };
  const { secrets, codeSecondsLeft } = await (reason === undefined ? withReason(item, read) : read(reason));
  if (!secrets.code) throw new NoCode();
  return { code: secrets.code, until: Date.now() + (codeSecondsLeft ?? 0) * 1000, reason: said };
}

/** Does something that reads a secret, with the person's reason where the item asks for one. */
export async function withReason<Result>(
  item: Pick<Item, 'kind' | 'number' | 'name' | 'role' | 'justificationRequired'>,
  act: (justification?: string) => Promise<Result>,
): Promise<Result> {
  if (item.justificationRequired && item.role !== 'owner') return await act(await askReason(item));
  try {
    return await act();
  } catch (error) {
    if (!isProblem(error, 'justification_required')) throw error;
    return await act(await askReason(item)); // it has come to ask for one since the item was read
  }
}

function reveal(item: Item, field: SecretName | 'code', justification: string | undefined): Promise<Revealed> {
  return arca.items.reveal({ kind: item.kind, number: item.number, fields: [field], justification });
}

import type { KeySimulation } from '@arca/sdk';
import type { arca } from '../../api/arca.ts';

export type Question = Parameters<typeof arca.accessKeys.simulate>[0];
export type Act = NonNullable<Question['action']>;
export type Reason = KeySimulation['reasons'][number]['code'];

/** What can be asked of; `token` asks of the key and where it is used from alone. The commonest first. */
export const acts = [
  'reveal',
  'read',
  'list',
  'update',
  'create',
  'share',
  'disable',
  'enable',
  'list-access',
  'list-versions',
  'reveal-version',
  'restore-version',
  'transfer',
  'token',
] as const satisfies (Act | 'token')[];

export type AskedAct = (typeof acts)[number];

/** Acts on no existing item. */
const withoutItem: ReadonlySet<AskedAct> = new Set(['token', 'list', 'create']);

export function needsItem(act: AskedAct): boolean {
  return !withoutItem.has(act);
}

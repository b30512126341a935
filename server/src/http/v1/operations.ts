import type { Safe } from '../../actions/safe.ts';
import type { Settings } from '../../settings.ts';
import type { Throttle } from '../throttle.ts';
import { batchOperations } from './batch.ts';
import { itemShareOperations } from './item-shares.ts';
import { itemVersionOperations } from './item-versions.ts';
import { itemOperations } from './items.ts';
import type { Operation } from './operation.ts';
import { sessionOperations } from './session.ts';

/** What operations that deal with more than an action need. */
export type ApiParts = { safe: Safe; settings: Settings; throttle: Throttle };

/** Every operation of our own API, in the order of the reference. */
export function operations(parts: ApiParts): Operation[] {
  return [
    ...itemOperations,
    ...itemShareOperations,
    ...itemVersionOperations,
    ...batchOperations,
    ...sessionOperations(parts),
  ];
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { SafeKeys } from '../../src/actions/safe-keys/list.ts';
import type { Operator } from '../../src/admin/operate.ts';
import type { Rotatable } from '../../src/domain/rotation.ts';

type Listed = Awaited<ReturnType<typeof listKeys>>;

export function listKeys(operator: Operator) {
  return operator.run('safe-key.list', undefined as never);
}

/** Waits until the rotation that is under way is finished, and gives how it ended. */
export async function untilFinished(operator: Operator): Promise<NonNullable<Listed['rotation']>> {
  for (;;) {
    const { rotation } = await listKeys(operator);
    if (rotation && rotation.finishedAt !== null) return rotation;
    await sleep(20);
  }
}

/** Replaces keys of the safe and waits until that is finished. */
export async function rotateToEnd(operator: Operator, what: Rotatable, reseal = false) {
  await operator.run('safe-key.rotate', { what, reseal });
  return untilFinished(operator);
}

/** The id of the current key of a purpose. */
export async function currentKey(operator: Operator, purpose: SafeKeys['keys'][number]['purpose']): Promise<string> {
  const { keys } = await listKeys(operator);
  return keys.find((key) => key.purpose === purpose && key.state === 'current')?.id ?? '';
}

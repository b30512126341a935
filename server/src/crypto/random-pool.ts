import { randomFillSync } from 'node:crypto';

// One call for 4 KiB costs about as much as one for 12 bytes.
const pool = Buffer.allocUnsafeSlow(4096);
let used = pool.length;

/** Fresh random bytes (1 to 4,096) from the platform's generator. Each byte is given out once and wiped from the pool. */
export function takeRandom(length: number): Buffer {
  const taken = Buffer.allocUnsafe(length);
  putRandom(taken, 0, length);
  return taken;
}

/** The same, written into `target` from `offset` on. */
export function putRandom(target: Buffer, offset: number, length: number): void {
  if (length > pool.length) throw new RangeError('the random pool gives 4,096 bytes at most');
  if (used + length > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  pool.copy(target, offset, used, used + length);
  pool.fill(0, used, used + length);
  used += length;
}

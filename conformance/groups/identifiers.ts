/** No item has this identifier: the largest that a 32-bit column holds, so that no server stumbles over it. */
export const farAway = '2147483647';

/** Not one of them may come to the number of an item that is there, however a server reads it. */
export const oddIdentifiers: Readonly<Record<string, string>> = {
  zero: '0',
  negative: '-1',
  'with-leading-zero': `0${farAway}`,
  'with-point': `${farAway}.0`,
  'with-sign': `+${farAway}`,
  'too-long': '9'.repeat(16),
};

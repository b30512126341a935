/**
 * Gives the memory of bytes back at once, which are empty from then on: left to the collector, the pieces of a fast upload
 * would keep it at work. Bytes that share their memory with others, such as small ones from a pool, stay as they are.
 */
export function releaseMemory(bytes: Uint8Array): void {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && !buffer.detached && bytes.byteLength === buffer.byteLength) buffer.transfer(0);
}

const BLOCK = 64;
const PREFIX = 4;

/** A text as UTF-8 behind its 32-bit big-endian length, filled with zeros to a multiple of 64 bytes, to hide its size. */
export function pad(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const padded = Buffer.allocUnsafe(paddedSize(length));
  padded.writeUInt32BE(length, 0);
  padded.write(text, PREFIX);
  padded.fill(0, PREFIX + length);
  return padded;
}

/** The text again, or null when the bytes are not exactly what `pad` makes. */
export function unpad(padded: Buffer): string | null {
  if (padded.length < BLOCK) return null;
  const length = padded.readUInt32BE(0);
  if (paddedSize(length) !== padded.length) return null;
  for (let i = PREFIX + length; i < padded.length; i += 1) if (padded[i] !== 0) return null;
  return padded.toString('utf8', PREFIX, PREFIX + length);
}

function paddedSize(length: number): number {
  return Math.ceil((PREFIX + length) / BLOCK) * BLOCK;
}

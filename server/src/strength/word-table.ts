/** Words and their ranks, 1 and up, in one piece of memory: as properties of an object they take ten times of it. */
export type WordTable = {
  rankOf(word: string): number | undefined;
  /** The length of the longest word, in UTF-16 units. */
  longest: number;
};

/** The table begins with two numbers: how many places there are, the longest word. Then come the places, then the words. */
const headBytes = 8;
/** What stands before the units of a word: its length, and its rank's lower and upper half. */
const wordHead = 3;

/** Packs words for `openWords`, in the byte order of this machine: what packs and what opens it are one program. */
export function packWords(ranks: ReadonlyMap<string, number>): Uint8Array {
  // Half of the places stay empty, so that a word that is not there is known after two looks.
  const places = 2 ** Math.ceil(Math.log2(Math.max(1, ranks.size) * 2));
  const slots = new Uint32Array(places);
  const units = [0];
  let longest = 0;
  for (const [word, rank] of ranks) {
    let place = hashOf(word) & (places - 1);
    while (slots[place] !== 0) place = (place + 1) & (places - 1);
    slots[place] = units.length;
    units.push(word.length, rank & 0xffff, rank >>> 16);
    for (let at = 0; at < word.length; at += 1) units.push(word.charCodeAt(at));
    longest = Math.max(longest, word.length);
  }
  const head = Uint32Array.of(places, longest);
  const parts = [head, slots, Uint16Array.from(units)];
  return Buffer.concat(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)));
}

/** Opens what `packWords` packed; it reads in place and copies nothing that is aligned. */
export function openWords(packed: Uint8Array): WordTable {
  const bytes = packed.byteOffset % 4 === 0 ? packed : new Uint8Array(packed);
  const [places = 0, longest = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, 2);
  const slots = new Uint32Array(bytes.buffer, bytes.byteOffset + headBytes, places);
  const units = new Uint16Array(bytes.buffer, bytes.byteOffset + headBytes + slots.byteLength);
  const isAt = (start: number, word: string) => {
    if (units[start] !== word.length) return false;
    const from = start + wordHead;
    for (let at = 0; at < word.length; at += 1) if (units[from + at] !== word.charCodeAt(at)) return false;
    return true;
  };
  return {
    longest,
    rankOf(word) {
      for (let place = hashOf(word) & (places - 1); ; place = (place + 1) & (places - 1)) {
        const start = slots[place] ?? 0;
        if (start === 0) return undefined;
        if (isAt(start, word)) return (units[start + 1] ?? 0) | ((units[start + 2] ?? 0) << 16);
      }
    },
  };
}

/** FNV-1a over the units, with its bits mixed once more: tables are as long as a power of two. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** A part of a text, and whether the other text has it too. */
export type Part = { text: string; isDifferent: boolean };

const most = 2_000; // parts; above it the middle as a whole counts as different

/** Both texts in parts: what they have in common in the same order, and what only one of them has. */
export function compareTexts(before: string, after: string): [Part[], Part[]] {
  const isShort = before.length + after.length < 400 && !/\s/.test(before + after);
  const split = (text: string) => (isShort ? [...text] : (text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []));
  const one = split(before);
  const other = split(after);
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < one.length - start && end < other.length - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const middle = commonOf(one.slice(start, one.length - end), other.slice(start, other.length - end));
  const marked = (parts: string[], common: ReadonlySet<number>) =>
    joined(
      parts.map((text, at) => ({
        text,
        isDifferent: !(at < start || at >= parts.length - end || common.has(at - start)),
      })),
    );
  return [marked(one, middle[0]), marked(other, middle[1])];
}

/** The places of the longest common subsequence in both. */
function commonOf(one: string[], other: string[]): [Set<number>, Set<number>] {
  const common: [Set<number>, Set<number>] = [new Set(), new Set()];
  if (one.length > most || other.length > most) return common;
  const width = other.length + 1;
  const lengths = new Uint16Array((one.length + 1) * width);
  for (let a = one.length - 1; a >= 0; a -= 1) {
    for (let b = other.length - 1; b >= 0; b -= 1) {
      const along = lengths[(a + 1) * width + b + 1] ?? 0;
      const best = Math.max(lengths[(a + 1) * width + b] ?? 0, lengths[a * width + b + 1] ?? 0);
      lengths[a * width + b] = one[a] === other[b] ? along + 1 : best;
    }
  }
  for (let a = 0, b = 0; a < one.length && b < other.length; ) {
    if (one[a] === other[b]) {
      common[0].add(a);
      common[1].add(b);
      a += 1;
      b += 1;
    } else if ((lengths[(a + 1) * width + b] ?? 0) >= (lengths[a * width + b + 1] ?? 0)) a += 1;
    else b += 1;
  }
  return common;
}

function joined(parts: Part[]): Part[] {
  const runs: Part[] = [];
  for (const part of parts) {
    const last = runs.at(-1);
    if (last?.isDifferent === part.isDifferent) last.text += part.text;
    else runs.push({ ...part });
  }
  return runs;
}

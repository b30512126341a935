export type SignKind = 'letter' | 'digit' | 'symbol';

export function kindOf(sign: string): SignKind {
  if (/\p{N}/u.test(sign)) return 'digit';
  return /[\p{L}\p{M}\s]/u.test(sign) ? 'letter' : 'symbol';
}

/** Neighbours of one kind together, so that a long note does not become thousands of elements. */
export function runsOf(text: string): { kind: SignKind; text: string }[] {
  const runs: { kind: SignKind; text: string }[] = [];
  for (const sign of text) {
    const kind = kindOf(sign);
    const last = runs.at(-1);
    if (last?.kind === kind) last.text += sign;
    else runs.push({ kind, text: sign });
  }
  return runs;
}

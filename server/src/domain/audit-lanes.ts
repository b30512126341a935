/** How long a lane of the audit was; `hash` is that of its last entry, in base64. */
export type LaneEnd = { lane: string; sequence: number; hash: string };

/** The text in an entry's column; null when it tells of none. Read back by readLanes. */
export function writeLanes(lanes: readonly LaneEnd[]): string | null {
  return lanes.length === 0 ? null : JSON.stringify(lanes.map(({ lane, sequence, hash }) => [lane, sequence, hash]));
}

/** Null for a text that other hands wrote. */
export function readLanes(text: string): LaneEnd[] | null {
  try {
    const rows = JSON.parse(text) as unknown[];
    const lanes = rows.map((row): LaneEnd => {
      const [lane, sequence, hash] = row as [string, number, string];
      return { lane, sequence, hash };
    });
    return lanes.every(isEnd) ? lanes : null;
  } catch {
    return null;
  }
}

function isEnd({ lane, sequence, hash }: LaneEnd): boolean {
  return typeof lane === 'string' && Number.isSafeInteger(sequence) && sequence > 0 && typeof hash === 'string';
}

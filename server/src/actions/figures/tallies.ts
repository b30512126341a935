/** Plain counters of one process, for the metrics alone; nothing is decided by them. */
export type Tallies = {
  /** Tokens whose signature was remembered, was checked, or did not hold. */
  tokensRemembered: number;
  tokensVerified: number;
  tokensRefused: number;
  /** When this process last anchored the audit, in milliseconds since 1970; 0 while it has not. */
  anchoredAt: number;
  anchorFailures: number;
};

export function startTallies(): Tallies {
  return { tokensRemembered: 0, tokensVerified: 0, tokensRefused: 0, anchoredAt: 0, anchorFailures: 0 };
}

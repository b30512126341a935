import { type Spread, startSpread } from '../domain/spread.ts';

/** What the write pump has done since the start; plain counters, which cost nothing until somebody looks. */
export type PumpFigures = {
  /** Actions in one transaction. */
  batches: Spread;
  /** Seconds that the oldest action of a batch had waited when the batch began. */
  waits: Spread;
  /** Seconds of each commit until it is durable: on the embedded store most of that is a sync. */
  commits: Spread;
  /** Batches that the store did not take. */
  failures: number;
};

export function startPumpFigures(): PumpFigures {
  return {
    batches: startSpread([1, 2, 4, 8, 16, 32, 64, 128, 256, 1024, 4096]),
    waits: startSpread([0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]),
    commits: startSpread([0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 10]),
    failures: 0,
  };
}

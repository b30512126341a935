import { ArcaError } from './errors.ts';
import { type Line, pause, type Received, type Signals } from './exchange.ts';

// Milliseconds. A safe that asks for a longer wait than a minute is asked again by the caller, who knows what else to do.
const firstWait = 250;
const longestBackoff = 8_000;
const longestWait = 60_000;

/**
 * Which failures an operation may be tried again after: none, only those after which nothing was done (429, 503), or
 * also those that leave open whether it was done (no answer, 502, 504).
 */
export type Persistence = 'never' | 'when not done' | 'always';

/** Tries until there is an answer that trying again would not change, or the retries are used up. */
export async function persist(
  name: string,
  line: Line,
  persistence: Persistence,
  signals: Signals,
  attempt: () => Promise<Received>,
): Promise<Received> {
  for (let tries = 0; ; tries += 1) {
    const outcome = await attempt().catch(failureOf);
    const wait = waitAfter(outcome, tries);
    const isLast = wait === null || tries >= line.retries || !mayRepeat(persistence, outcome);
    if (!isLast) await pause(name, wait, signals);
    else if (outcome instanceof ArcaError) throw outcome;
    else return outcome;
  }
}

function failureOf(thrown: unknown): ArcaError {
  if (thrown instanceof ArcaError && (thrown.code === 'network_failed' || thrown.code === 'timed_out')) return thrown;
  throw thrown;
}

function mayRepeat(persistence: Persistence, outcome: Received | ArcaError): boolean {
  if (persistence === 'when not done') return outcome.status === 429 || outcome.status === 503;
  return persistence === 'always';
}

/** Milliseconds to wait before the next attempt, or null when there is no use in one. */
function waitAfter(outcome: Received | ArcaError, tries: number): number | null {
  if (!(outcome instanceof ArcaError) && ![429, 502, 503, 504].includes(outcome.status)) return null;
  const backoff = Math.min(firstWait * 2 ** tries, longestBackoff) * (0.5 + Math.random() / 2);
  const asked = outcome instanceof ArcaError ? 0 : askedFor(outcome.headers.get('retry-after'));
  return asked > longestWait ? null : Math.max(backoff, asked);
}

/** Milliseconds that a Retry-After asks for, in seconds or as a date; 0 for none. */
function askedFor(header: string | null): number {
  if (header === null) return 0;
  const milliseconds = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(milliseconds) ? 0 : Math.max(0, milliseconds);
}

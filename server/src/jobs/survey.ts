import type { Safe } from '../actions/safe.ts';
import { surveyPasswords } from '../actions/statistics/survey-passwords.ts';
import { systemContext } from '../actions/system-context.ts';

const shortestRest = 1_000; // in ms
const restFor = 20; // times as long as the last survey took: it never takes more than a twentieth of the time

/** Counts over all passwords when somebody looks at the numbers, and no more often than it may cost. Runs until stopped. */
export function startSurveying(safe: Safe): () => void {
  let isResting = false;
  let stopped = false;
  const survey = async () => {
    const start = performance.now();
    isResting = true;
    try {
      safe.surveys.keep(await surveyPasswords(systemContext(safe)));
    } catch {
      // What failed is told by the log; the numbers before stay until the next try.
    }
    const rest = Math.max(shortestRest, (performance.now() - start) * restFor);
    setTimeout(() => {
      isResting = false;
    }, rest).unref();
  };
  safe.surveys.onWanted(() => {
    if (!isResting && !stopped) void survey();
  });
  return () => {
    stopped = true;
  };
}

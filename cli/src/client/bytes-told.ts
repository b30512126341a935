import { sayProgress } from '../terminal.ts';

const showEvery = 200;

/** Shows on a terminal how much of something has come, a few times a second; `null` clears the line. */
export function bytesTold(total: number): (done: number | null) => void {
  let shownAt = Number.NEGATIVE_INFINITY;
  return (done) => {
    if (done === null) return sayProgress('');
    const now = performance.now();
    if (now - shownAt < showEvery && done < total) return;
    shownAt = now;
    sayProgress(
      `${inMebibytes(done)} of ${inMebibytes(total)} MiB (${Math.floor((done / Math.max(1, total)) * 100)} %)`,
    );
  };
}

const inMebibytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);

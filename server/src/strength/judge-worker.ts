import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { startScoring } from './score-passwords.ts';

// Judging thousands of new passwords takes a core for minutes: whoever is served goes first. Here 0 is the calling thread;
// elsewhere it is the whole process.
if (process.platform === 'linux') {
  try {
    setPriority(0, 10);
  } catch {
    // A sandbox may forbid it; then it judges like any other thread.
  }
}

const score = startScoring();

parentPort?.on('message', ({ id, password }: { id: number; password: string }) => {
  parentPort?.postMessage({ id, score: score(password) });
});

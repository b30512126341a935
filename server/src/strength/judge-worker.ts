import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import * as portuguese from '@zxcvbn-ts/language-pt-br';

// Judging thousands of new passwords takes a core for minutes: whoever is served goes first. Here 0 is the calling thread;
// elsewhere it is the whole process.
if (process.platform === 'linux') {
  try {
    setPriority(0, 10);
  } catch {
    // A sandbox may forbid it; then it judges like any other thread.
  }
}

// What people choose in both languages of the screens.
const zxcvbn = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary, ...portuguese.dictionary },
  graphs: common.adjacencyGraphs,
});

parentPort?.on('message', ({ id, password }: { id: number; password: string }) => {
  parentPort?.postMessage({ id, score: zxcvbn.check(password).score });
});

// Floor: RS256 signatures (RSA-2048) of a token's length on the thread pool, as many at once as there are connections.
// Called with seconds and how many at once; tells the rate per second.

import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { endWithParent, tellParent } from './parent.ts';

const release = endWithParent();
const [seconds = 1, atOnce = 1] = process.argv.slice(2).map(Number);
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const signed = Buffer.from(randomBytes(240).toString('base64url'));
let done = 0;

const signing = (until: number) => async () => {
  while (performance.now() < until) {
    await new Promise<void>((resolve, reject) => {
      sign('sha256', signed, privateKey, (error) => (error ? reject(error) : resolve()));
    });
    done += 1;
  }
};
const signFor = (time: number) =>
  Promise.all(Array.from({ length: atOnce }, signing(performance.now() + time * 1000)).map((one) => one));

await Promise.all(Array.from({ length: atOnce }, signing(performance.now() + 300)).map((one) => one));
done = 0;
const start = performance.now();
await signFor(seconds);
tellParent(done / ((performance.now() - start) / 1000));
release();

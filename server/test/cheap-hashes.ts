import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Makes hashes of this password cost next to nothing in this process. Thousands of people are added who all have it, and
 * a hash of the safe's cost takes 40 ms of a core and 19 MB. Other passwords, and the built command, pay the whole.
 */
export function hashCheaply(password: string): void {
  const { argon2 } = crypto;
  crypto.argon2 = (algorithm, parameters, callback) => {
    const isThat = Buffer.from(parameters.message as Uint8Array).equals(Buffer.from(password));
    argon2(algorithm, isThat ? { ...parameters, memory: 64, passes: 1 } : parameters, callback);
  };
  syncBuiltinESMExports();
}

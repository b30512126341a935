import { argon2, timingSafeEqual } from 'node:crypto';
import type { Keyring, SecretKey } from './keyring.ts';
import { encodeFields } from './length-prefixed.ts';
import { takeRandom } from './random-pool.ts';

/** Too many passwords wait to be checked: try again later. A flood of sign-ins must not slow everything else. */
export class HashingBusy extends Error {
  override name = 'HashingBusy';
  constructor() {
    super('Too many passwords are waiting to be checked.');
  }
}

// OWASP's floor for argon2id. Memory in KiB.
const COST = { memory: 19 * 1024, passes: 2, parallelism: 1 };
// A changed row must not make the server spend gigabytes or minutes on one sign-in.
const MOST = { memory: 1024 * 1024, passes: 64, parallelism: 16 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const AT_ONCE = 2;
const QUEUE = 16;

type Cost = typeof COST;
type Stored = { cost: Cost; pepperId: string; salt: Buffer; hash: Buffer };

/**
 * Who waits: strangers stand in a line of their own, so that a flood of them keeps nobody else from being looked at; each
 * says from where he comes, so that a flood from one place does not keep those of other places out.
 */
export type Line = 'known' | { stranger: string };

/**
 * argon2id with the safe's pepper as its secret, safe and user id as associated data. Gives the PHC form, about 130
 * characters. Passwords are taken in Unicode form C, so that every keyboard gives the same bytes. Throws HashingBusy.
 */
export async function hashPassword(ring: Keyring, userId: string, password: string): Promise<string> {
  const [pepper] = ring.pepper;
  const salt = takeRandom(SALT_BYTES);
  const hash = await derive(ring, pepper, userId, password, COST, salt, HASH_BYTES, 'known');
  return `$argon2id$v=19$${costText(COST)},keyid=${pepper.id}$${base64(salt)}$${base64(hash)}`;
}

/**
 * Whether this is the user's password. A stored text that cannot be read never matches but takes as long, so that an
 * unknown user is checked against '' and cannot be told from a wrong password. Throws HashingBusy.
 */
export async function passwordMatches(
  ring: Keyring,
  userId: string,
  password: string,
  stored: string,
  line: Line = 'known',
): Promise<boolean> {
  const known = read(stored);
  const pepper = known && ring.pepper.find(({ id }) => id === known.pepperId);
  if (!known || !pepper) {
    await derive(ring, ring.pepper[0], userId, password, COST, takeRandom(SALT_BYTES), HASH_BYTES, line);
    return false;
  }
  const hash = await derive(ring, pepper, userId, password, known.cost, known.salt, known.hash.length, line);
  return timingSafeEqual(hash, known.hash);
}

/** Whether the password should be hashed again at the next sign-in: other parameters, or a retired pepper. */
export function needsRehash(ring: Keyring, stored: string): boolean {
  const known = read(stored);
  return !known || known.pepperId !== ring.pepper[0].id || costText(known.cost) !== costText(COST);
}

let running = 0;
type Waiting = { from: string; go: () => void; turnAway: (busy: HashingBusy) => void };
const known: Waiting[] = [];
const strangers: Waiting[] = [];

async function derive(
  ring: Keyring,
  pepper: SecretKey,
  userId: string,
  password: string,
  cost: Cost,
  salt: Buffer,
  tagLength: number,
  line: Line,
): Promise<Buffer> {
  await enter(line);
  const secret = pepper.key.export();
  const message = Buffer.from(password.normalize('NFC'));
  const associatedData = Buffer.from(encodeFields(['arca password 1', ring.safeId, userId]));
  try {
    return await new Promise((resolve, reject) => {
      argon2('argon2id', { message, nonce: salt, secret, associatedData, tagLength, ...cost }, (error, hash) =>
        error ? reject(error) : resolve(hash),
      );
    });
  } finally {
    message.fill(0);
    secret.fill(0);
    leave();
  }
}

async function enter(line: Line): Promise<void> {
  if (running < AT_ONCE) {
    running += 1;
    return;
  }
  const [waiting, from] = line === 'known' ? [known, ''] : [strangers, line.stranger];
  if (waiting.length >= QUEUE) makeRoom(waiting, from);
  await new Promise<void>((go, turnAway) => waiting.push({ from, go, turnAway }));
}

/** The last of the place that most come from gives way to who comes from another. */
function makeRoom(waiting: Waiting[], from: string): void {
  const counts = new Map<string, number>();
  for (const one of waiting) counts.set(one.from, (counts.get(one.from) ?? 0) + 1);
  const most = Math.max(...counts.values());
  if ((counts.get(from) ?? 0) + 1 >= most) throw new HashingBusy();
  const last = waiting.findLastIndex((one) => counts.get(one.from) === most);
  for (const gone of waiting.splice(last, 1)) gone.turnAway(new HashingBusy());
}

function leave(): void {
  const next = known.shift() ?? strangers.shift();
  // The place goes straight to the next in line: counting down first would let a newcomer in between.
  if (next) next.go();
  else running -= 1;
}

const PHC =
  /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,3}),p=(\d{1,3}),keyid=([0-9a-f]{16})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

function read(stored: string): Stored | null {
  const [, memory, passes, parallelism, pepperId = '', salt = '', hash = ''] = PHC.exec(stored) ?? [];
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const possible = cost.passes >= 1 && cost.parallelism >= 1 && cost.memory >= 8 * cost.parallelism;
  const bearable = cost.memory <= MOST.memory && cost.passes <= MOST.passes && cost.parallelism <= MOST.parallelism;
  if (!possible || !bearable) return null;
  return { cost, pepperId, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
}

function costText(cost: Cost): string {
  return `m=${cost.memory},t=${cost.passes},p=${cost.parallelism}`;
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

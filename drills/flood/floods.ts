import { chanceOf } from '../chance.ts';
import { call, type Flooded } from './calls.ts';

/** Answers by status. */
export type Tally = Record<number, number>;

type Size = { signIns: number; refused: number; atOnce: number };

// So many that each has tries left: what stands against this flood is the line of those who wait, and nothing before it.
const accounts = 1_000_000;
const addresses = 2000;

/** From everywhere, for ana and for names that nobody has. */
export function floodSignIns({ signIns, atOnce }: Size, { url }: Flooded): Promise<Tally> {
  const chance = chanceOf(1);
  return send(signIns, atOnce, async () => {
    const username = chance.next() < 0.2 ? 'ana' : `nobody-${chance.whole(1, accounts)}`;
    const headers = { 'x-forwarded-for': addressOf(chance.whole(1, addresses)) };
    return (await call(url, 'POST', '/api/v1/session', { username, password: 'six wooden boats 40' }, headers)).status;
  });
}

/** By a valid token for what it may not have: without the reserve each would be an entry of the audit. */
export function floodRefusals({ refused, atOnce }: Size, { url, stranger }: Flooded): Promise<Tally> {
  const chance = chanceOf(2);
  return send(refused, atOnce, async () => {
    const headers = { authorization: stranger, 'x-forwarded-for': addressOf(chance.whole(1, 20)) };
    const number = chance.next() < 0.5 ? 1 : chance.whole(2, 1_000_000);
    return (await call(url, 'GET', `/api/mysafe/note/${number}`, null, headers)).status;
  });
}

function addressOf(number: number): string {
  return `198.18.${Math.floor(number / 250)}.${(number % 250) + 1}`;
}

async function send(all: number, atOnce: number, one: () => Promise<number>): Promise<Tally> {
  const tally: Tally = {};
  let left = all;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const status = await one();
      tally[status] = (tally[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: Math.min(all, atOnce) }, worker));
  return tally;
}

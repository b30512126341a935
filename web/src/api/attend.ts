import { type Arca, isProblem } from '@arca/sdk';
import { type Ask, asks } from './asks.ts';
import { noteUse } from './last-use.ts';

type Given = [input?: unknown, options?: { signal?: AbortSignal }];
type AnyMethod = ((...given: Given) => Promise<unknown>) & {
  withResponse: (...given: Given) => Promise<unknown>;
  all?: (...given: Given) => AsyncGenerator<unknown, void, undefined>;
};

/** By these a person signs in and out: what refuses them is said on the screen that called. */
const unattended = new Set(['session.start', 'session.read', 'session.end', 'setUp.read', 'setUp.finish']);

/**
 * The same client, whose calls wait where the person must do something first (sign in again, prove who he is, enrol a
 * second factor, choose a password), and are then sent again by themselves. Declined, they fail with what refused them.
 */
export function attended(arca: Arca): Arca {
  const nouns = Object.entries(arca as unknown as Record<string, Record<string, AnyMethod>>);
  const attendedNouns = nouns.map(([noun, verbs]) => {
    const methods = Object.entries(verbs).map(([verb, method]) => [
      verb,
      unattended.has(`${noun}.${verb}`) ? method : attend(method),
    ]);
    return [noun, Object.fromEntries(methods)];
  });
  return Object.fromEntries(attendedNouns) as Arca;
}

function attend(method: AnyMethod) {
  const again = async (call: AnyMethod['withResponse'], given: Given) => {
    for (;;) {
      try {
        const answer = await call(...given);
        noteUse();
        return answer;
      } catch (error) {
        const ask = askFor(error);
        if (ask === null || !(await ask.wait(given[1]?.signal))) throw error;
      }
    }
  };
  const { withResponse, all } = method;
  return Object.assign((...given: Given) => again(method, given), {
    withResponse: (...given: Given) => again(withResponse, given),
    ...(all === undefined ? {} : { all: (...given: Given) => raising(all(...given)) }),
  });
}

/** A list that has begun cannot go on by itself: the person is asked, and the list fails. */
async function* raising(list: AsyncGenerator<unknown, void, undefined>) {
  try {
    yield* list;
    noteUse();
  } catch (error) {
    askFor(error)?.raise();
    throw error;
  }
}

function askFor(error: unknown): Ask | null {
  if (isProblem(error, 'token_missing') || isProblem(error, 'token_invalid')) return asks.session;
  if (isProblem(error, 'proof_required')) return asks.proof;
  if (isProblem(error, 'password_change_required')) return asks.password;
  return isProblem(error, 'second_factor_not_enrolled') ? asks.secondFactor : null;
}

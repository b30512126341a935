import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, isSilence, type Silence } from './call.ts';
import { compareAnswer } from './compare.ts';
import { type Difference, type Sort, weights } from './difference.ts';
import type { Exchange, Known, Need, Request, Skip } from './exchange.ts';
import type { Items } from './items.ts';
import type { Tidy } from './tidy.ts';

export type Result = Pick<Exchange, 'id' | 'group' | 'source'> & {
  verdict: 'alike' | 'differs' | 'skipped';
  /** Why it was skipped, else null. */
  why: string | null;
  differences: FoundDifference[];
};

/** With the versions of the vendor's documentation that say what was expected; null: our contract alone does. */
type FoundDifference = Difference & { source: string | null };

export type Played = {
  results: Result[];
  /** Why the rest was not played, else null. */
  stopped: Stop | null;
};

type Stop = { by: 'throttle' | 'silence' | 'refusals' | 'signal'; sentence: string };

type Stage = {
  send: (request: Request) => Promise<Answer | Silence>;
  known: Known;
  allowed: ReadonlySet<Need>;
  items: Items;
  tidy: Tidy;
  pause: number;
  signal: AbortSignal;
};

/**
 * Refusals that are not meant to come are a sign that something else is wrong, and someone may count them. Of those that
 * are meant to come there are 3 for want of a secret and 5 for want of a token.
 */
const mostTokensRefused = 7;
const mostCallsRefused = 8;
const mostSilent = 3;

const stop = (by: Stop['by'], sentence: string): Stop => ({ by, sentence });
const stops: Readonly<Record<Stop['by'], Stop>> = {
  throttle: stop('throttle', 'The server asks for fewer requests (429), and nothing was sent after that: try --pause.'),
  silence: stop('silence', `The server gave no answer ${mostSilent} times on end: the rest was not played.`),
  refusals: stop(
    'refusals',
    `${mostCallsRefused} requests with the token were refused (401): the rest was not played.`,
  ),
  signal: stop('signal', 'Interrupted: the rest was not played.'),
};

/** Plays one after another. Stops for good when the server asks for it, falls silent, or refuses too often. */
export async function play(exchanges: readonly Exchange[], stage: Stage): Promise<Played> {
  const results: Result[] = [];
  let stopped: Stop | null = null;
  const refused = { tokens: 0, calls: 0 };
  let silent = 0;
  for (const exchange of exchanges) {
    if (stage.signal.aborted) stopped ??= stops.signal;
    const request = stopped === null ? requestOf(exchange, stage, refused.tokens) : { skip: 'not played any more' };
    if ('skip' in request) {
      results.push(skipped(exchange, request.skip));
      continue;
    }
    if (stage.pause > 0) await wait(stage.pause);
    const answer = await stage.send(request);
    if (!isSilence(answer) && answer.status === 429) {
      stopped = stops.throttle;
      results.push(skipped(exchange, 'the server answered 429'));
      continue;
    }
    silent = isSilence(answer) ? silent + 1 : 0;
    if (isRefused(answer)) refused[isForToken(request) ? 'tokens' : 'calls'] += 1;
    results.push(compared(exchange, request, answer, stage));
    if (silent >= mostSilent) stopped = stops.silence;
    if (refused.calls >= mostCallsRefused) stopped = stops.refusals;
  }
  return { results, stopped };
}

function requestOf(exchange: Exchange, { allowed, known, items }: Stage, tokensRefused: number): Request | Skip {
  const { needs, after } = exchange;
  if (needs !== undefined && !allowed.has(needs)) return { skip: `only with --${needs}` };
  if (after !== undefined && !items.has(after)) return { skip: `${after} did not succeed` };
  const request = exchange.ask(known, items.of(after));
  if (!('skip' in request) && isForToken(request) && tokensRefused >= mostTokensRefused)
    return { skip: `${mostTokensRefused} requests for a token were refused, and more might lock the key` };
  return request;
}

function isForToken({ path }: Request): boolean {
  return /^\/oauth2\/token(\?|$)/.test(path);
}

function isRefused(answer: Answer | Silence): boolean {
  if (isSilence(answer)) return false;
  return answer.status === 401 || (answer.json as { error?: unknown } | null | undefined)?.error === 'invalid_client';
}

function compared(exchange: Exchange, request: Request, answer: Answer | Silence, stage: Stage): Result {
  const { known, items, tidy } = stage;
  const identifier = items.of(exchange.after);
  const expected = typeof exchange.expected === 'function' ? exchange.expected(known, identifier) : exchange.expected;
  const differences: FoundDifference[] = [];
  const found = (some: readonly Difference[], source: string | null) =>
    differences.push(...some.map((one) => ({ ...one, source: ofContract.has(one.sort) ? null : source })));
  if (isSilence(answer)) {
    found([{ sort: 'silence', at: 'answer', expected: 'an answer', came: answer.silence }], null);
  } else {
    hideTokens(answer, tidy);
    items.keep(exchange, request, answer);
    found(compareAnswer(expected, answer), exchange.source);
    // A check believes that the answer has its shape.
    const isSound = differences.every(({ sort }) => weights[sort].matters !== 'yes');
    if (isSound) found(exchange.check?.(answer, known, identifier) ?? [], null);
    if (answer.status < 300) exchange.learn?.(answer, known);
  }
  const { id, group, source } = exchange;
  const told = differences.map((one) => ({
    ...one,
    at: tidy.tidy(one.at),
    expected: tidy.tidy(one.expected),
    came: tidy.tidy(one.came),
  }));
  return { id, group, source, verdict: told.length === 0 ? 'alike' : 'differs', why: null, differences: told };
}

/** What no page of the vendor's shows: they print bodies. */
const ofContract = new Set<Sort>(['content type', 'header', 'spelling']);

function hideTokens({ json }: Answer, tidy: Tidy): void {
  const token = (json as { access_token?: unknown } | null | undefined)?.access_token;
  if (typeof token === 'string') tidy.hide(token);
}

function skipped({ id, group, source }: Exchange, why: string): Result {
  return { id, group, source, verdict: 'skipped', why, differences: [] };
}

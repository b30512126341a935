import { randomBytes } from 'node:crypto';
import { type Answer, type Call, isSilence, makeCall, type Silence } from './call.ts';
import type { Exchange, Known, Request } from './exchange.ts';
import { allExchanges } from './groups/all.ts';
import { keepItems, type Made } from './items.ts';
import { openSession } from './open-session.ts';
import { type Options, UsageProblem } from './options.ts';
import { type Played, play } from './play.ts';
import { makeTidy } from './tidy.ts';

export type Report = Played & {
  url: string;
  prefix: string;
  write: boolean;
  /** Items that were made and then disabled, and those that could not be. */
  disabled: readonly Made[];
  left: readonly Made[];
};

/** Plays the exchanges against a server. `say` hears what someone should know at once. Throws a NotOpen or a UsageProblem. */
export async function conform(options: Options, signal: AbortSignal, say: (line: string) => void): Promise<Report> {
  const { clientId, clientSecret, prefix, allowed, pause, target } = options;
  const exchanges = chosen(options);
  const mark = `arca-conformance-${randomBytes(4).toString('hex')}`;
  const known: Known = { clientId, clientSecret, token: '', mark, lists: new Map() };
  const tidy = makeTidy();
  for (const secret of [clientSecret, `${clientId}:${clientSecret}`]) tidy.hide(secret);
  const send = sender(makeCall(target), known, `/${prefix ?? 'api'}`);

  known.token = await openSession(send, known);
  tidy.hide(known.token);
  const write = allowed.has('write') && exchanges.some(({ needs }) => needs === 'write');
  if (write) say(`Makes items named ${mark} ..., and disables them at the end: they cannot be deleted over this API.`);
  const items = keepItems();
  const played = await play(exchanges, { send, known, allowed, items, tidy, pause, signal });
  // Who asked for fewer requests gets none at all.
  const ended = await disableAll(items.made(), played.stopped?.by === 'throttle' ? null : send);
  return { ...played, url: target.url.href, prefix: prefix ?? 'api', write, ...ended };
}

/** What was asked for, and what that builds on. */
function chosen({ only, prefix }: Options): Exchange[] {
  const byId = new Map(allExchanges.map((one) => [one.id, one]));
  const wanted = new Set<string>();
  const want = (exchange: Exchange | undefined): void => {
    if (exchange === undefined || wanted.has(exchange.id)) return;
    wanted.add(exchange.id);
    want(byId.get(exchange.after ?? ''));
  };
  for (const exchange of allExchanges) {
    const isAsked = only.length === 0 || only.some((word) => `${exchange.group}/${exchange.id}`.includes(word));
    if (isAsked && (prefix === null || exchange.group !== 'alias')) want(exchange);
  }
  if (wanted.size === 0) throw new UsageProblem('No exchange has one of the words of --only in its group or name.');
  return allExchanges.filter(({ id }) => wanted.has(id));
}

function sender(call: Call, known: Known, prefix: string): (request: Request) => Promise<Answer | Silence> {
  const other = prefix === '/api' ? '/iso' : '/api';
  return ({ method, path, headers = {}, body = '', anonymous, below }) => {
    const start = below === 'none' ? '' : below === 'other' ? other : prefix;
    const token: Record<string, string> = anonymous || start === '' ? {} : { authorization: `Bearer ${known.token}` };
    return call({ method, path: `${start}${path}`, headers: { ...token, ...headers }, body });
  };
}

/** Disables what was made, until the server stops answering or asks for fewer requests. */
async function disableAll(
  made: readonly Made[],
  send: ((request: Request) => Promise<Answer | Silence>) | null,
): Promise<Pick<Report, 'disabled' | 'left'>> {
  const disabled: Made[] = [];
  for (const item of made) {
    if (send === null) break;
    const answer = await send({ method: 'POST', path: `/mysafe/${item.path}/inactive/${item.identifier}` });
    if (isSilence(answer) || answer.status === 429) break;
    if (answer.status === 200) disabled.push(item);
  }
  return { disabled, left: made.filter((item) => !disabled.includes(item)) };
}

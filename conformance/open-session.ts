import { type Answer, type Call, isSilence } from './call.ts';
import type { Known, Request } from './exchange.ts';
import { basic, fieldsOf } from './groups/tokens.ts';
import { sendForm, sendJson, withHeaders } from './request.ts';
import { typeOf } from './shape.ts';

/** Nothing can be compared: the server cannot be reached, or lets nobody in. One sentence. */
export class NotOpen extends Error {
  override name = 'NotOpen';
}

/**
 * The token of the run, asked for in the three ways that OAuth servers know, until one works. What each of them must
 * answer is compared later. Throws a NotOpen.
 */
export async function openSession(send: (request: Request) => ReturnType<Call>, known: Known): Promise<string> {
  const path = '/oauth2/token';
  const grant = { grant_type: 'client_credentials' };
  const ways: Request[] = [
    sendForm(path, fieldsOf(known)),
    withHeaders(sendForm(path, grant), basic(known.clientId, known.clientSecret)),
    sendJson('POST', path, fieldsOf(known)),
  ];
  let first: Answer | undefined;
  for (const way of ways) {
    const answer = await send({ ...way, anonymous: true });
    if (isSilence(answer)) throw new NotOpen(`${capital(answer.silence)}.`);
    const token = tokenIn(answer);
    if (token !== null) return token;
    first ??= answer;
    if (answer.status === 429) break;
  }
  throw new NotOpen(sentenceOf(first));
}

function tokenIn({ status, json }: Answer): string | null {
  if (status < 200 || status > 299 || typeOf(json) !== 'object') return null;
  const { access_token: token } = json as { access_token?: unknown };
  return typeof token === 'string' && /^[!-~]+$/.test(token) ? token : null;
}

function sentenceOf(answer: Answer | undefined): string {
  const { status = 0, headers = {} } = answer ?? {};
  if (status === 401 || status === 400 || status === 403)
    return `The server refuses these credentials: it answered ${status} to the request for a token.`;
  if (status === 429) return 'The server asks for fewer requests (429): nothing was compared.';
  if (status === 404) return 'There is no token route at this URL (404); older servers may need --prefix iso.';
  if (status >= 300 && status < 400)
    return `The server leads elsewhere (${status}), which is not followed: give it as --url${whither(headers.location)}.`;
  return `The server gave no token: it answered ${status}.`;
}

/** The origin of a redirect alone: the rest may hold what was sent. */
function whither(location: string | undefined): string {
  return location !== undefined && URL.canParse(location) ? `, perhaps ${new URL(location).origin}` : '';
}

function capital(sentence: string): string {
  return `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}`;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../problem.ts';
import { userAgent } from './connect.ts';
import { unreachable } from './explain.ts';

/** What this command asks for: what it calls itself, for how many days, and whether to read alone. */
export type Wish = { name: string; days: number; readOnly: boolean };

/** What a person is to do: open this page and type this code, within so many seconds. */
export type Invitation = { page: string; code: string; seconds: number };

export type GivenKey = { clientId: string; clientSecret: string; expiresAt: string };

type Told = Readonly<Record<string, unknown>>;
type Answer = { status: number; told: Told };

const grant = 'urn:ietf:params:oauth:grant-type:device_code';
const longestWait = 60;

/**
 * Asks a safe to be let in and waits until somebody has decided in his browser (RFC 8628): no password passes through here.
 * Throws a Problem where he refused, was too late, or the safe cannot be reached.
 */
export async function askToBeLetIn(
  url: string,
  wish: Wish,
  invite: (invitation: Invitation) => void,
  signal: AbortSignal,
): Promise<GivenKey> {
  const fields = { device_name: wish.name, days: String(wish.days), read_only: String(wish.readOnly) };
  const { status, told } = await post(url, 'authorization', fields, signal).catch((thrown: unknown) => {
    throw signal.aborted ? thrown : unreachable(url, thrown);
  });
  if (status === 404) {
    throw new Problem('refused', 'The safe lets nobody in by a code: use --username or --client-id.');
  }
  if (status !== 200) throw new Problem('refused', wordsOf(told));
  const seconds = Number(told.expires_in);
  invite({ page: String(told.verification_uri), code: String(told.user_code), seconds });
  const code = String(told.device_code);
  const ends = Date.now() + seconds * 1000;
  for (let wait = Number(told.interval ?? 5); Date.now() < ends; ) {
    await sleep(Math.min(wait, longestWait) * 1000, undefined, { signal });
    const answer = await post(url, 'token', { grant_type: grant, device_code: code }, signal).catch(() =>
      brokenOff(signal),
    );
    if (answer?.status === 200) return keyOf(answer.told);
    wait = nextWait(wait, answer);
  }
  throw new Problem('refused', tooLate);
}

const tooLate = 'Nobody allowed it in time: run this again.';

/** Seconds until the next question. Throws where there is nothing left to wait for. */
function nextWait(wait: number, answer: Answer | null): number {
  // A safe that is started again, or has too much to do, is asked less often and not given up.
  if (answer === null || answer.status === 429 || answer.status >= 500) return wait * 2;
  switch (answer.told.error) {
    case 'authorization_pending':
      return wait;
    case 'slow_down':
      return wait + 5;
    case 'access_denied':
      throw new Problem('refused', 'It was refused in the browser.');
    case 'expired_token':
      throw new Problem('refused', tooLate);
    default:
      throw new Problem('refused', wordsOf(answer.told));
  }
}

function keyOf({ client_id, client_secret, client_expires_at }: Told): GivenKey {
  const key = { clientId: client_id, clientSecret: client_secret, expiresAt: client_expires_at };
  if (Object.values(key).every((one) => typeof one === 'string')) return key as GivenKey;
  throw new Problem('refused', 'The safe allowed it, but gave no access key.');
}

async function post(url: string, path: string, fields: Record<string, string>, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(`${url}/api/device/${path}`, {
    method: 'POST',
    headers: { 'user-agent': userAgent },
    body: new URLSearchParams({ client_id: 'arca', ...fields }),
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
  });
  const told = (await response.json().catch(() => null)) as Told | null;
  return { status: response.status, told: told ?? {} };
}

/** The line broke while it waited: only Ctrl-C ends that. */
function brokenOff(signal: AbortSignal): null {
  signal.throwIfAborted();
  return null;
}

function wordsOf({ error_description: text, error }: Told): string {
  return `The safe refused: ${String(text ?? error ?? 'it did not say why')}`;
}

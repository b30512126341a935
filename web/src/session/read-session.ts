import { isProblem, type Session } from '@arca/sdk';
import { arca } from '../api/arca.ts';
import { noteUse } from '../api/last-use.ts';
import { keyOf } from '../api/query-keys.ts';

/** Who is signed in, and for how long (in ms) the session lasts without being used. */
export type SignedIn = { session: Session; idleFor: number };

export const sessionKey = keyOf('session', 'read');

type SessionAnswer = { data: Session; headers: Headers };
type SignInInput = Parameters<typeof arca.session.start>[0];

/** Null where nobody is signed in. Asking is a use of the session. */
export async function readSession(): Promise<SignedIn | null> {
  try {
    return signedIn(await arca.session.read.withResponse());
  } catch (error) {
    if (isProblem(error, 'token_missing') || isProblem(error, 'token_invalid')) return null;
    throw error;
  }
}

export async function startSession(input: SignInInput): Promise<SignedIn> {
  return signedIn(await arca.session.start.withResponse(input));
}

/** The safe's clock may differ from this one: what counts is how far its end lies from its own now. */
function signedIn({ data: session, headers }: SessionAnswer): SignedIn {
  noteUse();
  const now = Date.parse(headers.get('date') ?? '');
  return { session, idleFor: Date.parse(session.idleEndsAt) - (Number.isNaN(now) ? Date.now() : now) };
}

import { asks } from '../api/asks.ts';
import { queries } from '../api/queries.ts';
import { readSession, type SignedIn, sessionKey } from './read-session.ts';
import { tellOtherTabs } from './tabs.ts';

/** Opens the app to whom has just signed in here. */
export function enter(next: SignedIn): void {
  welcome(next);
  tellOtherTabs('started');
}

/**
 * The same person goes on where he was, and calls that waited are sent again; whoever else comes begins anew, and
 * nothing of what was read before is left.
 */
function welcome(next: SignedIn): void {
  const before = queries.getQueryData<SignedIn | null>(sessionKey);
  const isSame = before?.session.user.username === next.session.user.username;
  const isOther = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== sessionKey[0];
  if (!isSame) queries.removeQueries({ predicate: isOther });
  queries.setQueryData(sessionKey, next);
  asks.session.settle(isSame);
  if (!isSame) for (const ask of Object.values(asks)) ask.settle(false);
  if (isSame) void queries.invalidateQueries({ predicate: isOther });
}

/** Asks the safe again whether the session goes on, after something spoke for or against it. */
export async function checkSession(): Promise<void> {
  const now = await readSession().catch(() => undefined);
  if (now) welcome(now);
}

/** Closes the app after signing out: nothing that was read or typed stays. */
export function leave(): void {
  queries.setQueryData(sessionKey, null);
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
  for (const ask of Object.values(asks)) ask.settle(false);
}

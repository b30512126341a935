import { refuse } from './errors.ts';
import type { Policy } from './policy.ts';

/** A person who signed in with a browser. It ends after idle time or at `endsAt`, whichever comes first. */
export type Session = {
  /** Names it in lists; not its token. */
  id: string;
  userId: number;
  /** Was a second factor shown when it began? */
  secondFactor: boolean;
  createdAt: Date;
  /** Exact to a minute. */
  usedAt: Date;
  endsAt: Date;
  /** When he last proved to be himself. */
  provenAt: Date;
  /** Did it begin by a password that somebody else chose, and that he has not changed since? */
  mustChangePassword: boolean;
};

/** How long a proof (password and second factor) stays fresh enough for dangerous acts. */
const sudoMinutes = 10;

const minute = 60_000;

type Limits = Pick<Policy, 'idleMinutes' | 'sessionHours'>;

/** When a session ends in any case, and when it ends unless it is used before. A policy that got shorter counts at once. */
export function endsOf(session: Session, limits: Limits): { endsAt: Date; idleEndsAt: Date } {
  const endsAt = Math.min(+session.endsAt, +session.createdAt + limits.sessionHours * 60 * minute);
  const idleEndsAt = Math.min(endsAt, +session.usedAt + limits.idleMinutes * minute);
  return { endsAt: new Date(endsAt), idleEndsAt: new Date(idleEndsAt) };
}

export function sessionIsLive(session: Session, limits: Limits, now: Date): boolean {
  return endsOf(session, limits).idleEndsAt > now;
}

/** Until when dangerous acts are open to the session, or null. */
export function sudoUntil(session: Session, now: Date): Date | null {
  const until = new Date(+session.provenAt + sudoMinutes * minute);
  return until > now ? until : null;
}

/** Calls of the same page may be under way with the token that a proof replaces. */
const previousTokenSeconds = 30;

/** Until when the token counts that is replaced now. */
export function previousTokenUntil(now: Date): Date {
  return new Date(+now + previousTokenSeconds * 1000);
}

/** A first code of six to eight digits, spaces aside. */
export function readCode(field: string, sent: string): string {
  const code = sent.replaceAll(' ', '');
  if (!/^\d{6,8}$/.test(code)) refuse('field_invalid', { field, why: 'must be the 6 to 8 digits of a code' });
  return code;
}

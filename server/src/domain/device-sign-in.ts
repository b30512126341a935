import { refuse } from './errors.ts';
import { codePoints, isBlank } from './text.ts';

/** A device or command without a browser that asks to be let in: RFC 8628. Somebody signed in says yes or no. */
export type DeviceSignIn = {
  id: string;
  /** What it calls itself, where it asked from, and what it asks for: an access key of so many days. */
  wish: DeviceWish;
  /** Seconds that it waits between two questions; it grows when it does not wait. */
  interval: number;
  askedAt: Date | null;
  createdAt: Date;
  endsAt: Date;
  decision: DeviceDecision | null;
};

export type DeviceWish = { device: string; address: string; days: number; readOnly: boolean };
export type DeviceDecision = { by: number; at: Date; outcome: 'allowed' | 'denied' };

const lifeMilliseconds = 600_000;
/** Seconds. RFC 8628 wants 5 more of those who do not wait. */
const firstInterval = 5;
const longestName = 100;
const mostDays = 9999;
/** All that wait at any time: strangers make them. */
export const mostWaiting = 1000;

export function newDeviceSignIn(id: string, wish: DeviceWish, now: Date): DeviceSignIn {
  const endsAt = new Date(+now + lifeMilliseconds);
  return { id, wish, interval: firstInterval, askedAt: null, createdAt: now, endsAt, decision: null };
}

/** A stranger chose the name, and a person decides by it: nothing in it may hide or turn the rest around. */
export function readDeviceName(text: string): string {
  const name = text.trim();
  if (isBlank(name)) refuse('field_missing', { field: 'device_name' });
  if (codePoints(name) > longestName || /[\p{C}\p{Zl}\p{Zp}]/u.test(name)) {
    const why = `must be at most ${longestName} characters, all of them visible`;
    refuse('field_invalid', { field: 'device_name', why });
  }
  return name;
}

/** How long the access key is to work; 30 unless told. */
export function readKeyDays(text: string): number {
  if (text === '') return 30;
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (days < 1) refuse('field_invalid', { field: 'days', why: `must be a whole number from 1 to ${mostDays}` });
  return days;
}

/** Whether it may still be decided: once, and in time. */
export function isWaiting({ decision, endsAt }: DeviceSignIn, now: Date): boolean {
  return decision === null && endsAt > now;
}

// What takes the way to the safe a little less time than the one before is not in a hurry.
const slackMilliseconds = 1000;

/** A device that asks how things stand: too early, it must wait longer from now on. */
export function asked(signIn: DeviceSignIn, now: Date): { signIn: DeviceSignIn; isEarly: boolean } {
  const { askedAt, interval } = signIn;
  const isEarly = askedAt !== null && +now < +askedAt + interval * 1000 - slackMilliseconds;
  return { signIn: { ...signIn, askedAt: now, interval: isEarly ? interval + 5 : interval }, isEarly };
}

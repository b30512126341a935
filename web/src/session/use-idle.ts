import { useEffect, useState } from 'react';
import { asks } from '../api/asks.ts';
import { lastUse } from '../api/last-use.ts';
import { checkSession } from './enter.ts';
import { readSession } from './read-session.ts';

const warnedFor = 60_000; // in ms

/**
 * Covers the app when the session has been idle for as long as the safe allows, without asking the safe before: that
 * would be a use. Whoever types or points is not idle, though nothing may be sent meanwhile. Returns how many seconds
 * are left within the last minute, else null.
 */
export function useIdle(idleFor: number): number | null {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    let isAsking = false;
    const check = () => {
      const time = lastUse() + idleFor - Date.now();
      setLeft(time <= warnedFor ? Math.max(0, Math.ceil(time / 1000)) : null);
      if (time > 0 || asks.session.isRaised()) return;
      asks.session.raise();
      void checkSession();
    };
    const stayAwake = () => {
      const isRecent = Date.now() - lastUse() < idleFor / 4;
      if (isRecent || isAsking || asks.session.isRaised() || document.hidden) return;
      isAsking = true;
      void readSession()
        .catch(() => null)
        .then(() => {
          isAsking = false;
          check();
        });
    };
    const timer = setInterval(check, 1_000);
    // Before the elements hear it: some keep it to themselves.
    const how = { capture: true, passive: true };
    for (const event of ['keydown', 'pointerdown', 'wheel']) addEventListener(event, stayAwake, how);
    document.addEventListener('visibilitychange', check);
    return () => {
      clearInterval(timer);
      for (const event of ['keydown', 'pointerdown', 'wheel']) removeEventListener(event, stayAwake, how);
      document.removeEventListener('visibilitychange', check);
    };
  }, [idleFor]);
  return left;
}

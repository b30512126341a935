import { readFileSync } from 'node:fs';
import pino from 'pino';
import { makeLog } from '../server/src/main.ts';

/** An answer of the safe that a floor gives again, byte for byte. */
export type Answer = { status: number; headers: Record<string, string>; body: string };

/** What a floor serves: one route, and its answers by path and query. */
export type FloorPlan = { method: 'GET' | 'POST'; route: string; answers: Record<string, Answer> };

export function readPlan(path: string): FloorPlan {
  return JSON.parse(readFileSync(path, 'utf8')) as FloorPlan;
}

/** The safe's log, written as the safe writes it. */
export function openLog() {
  const destination = pino.destination({ dest: 1, sync: false });
  return { log: makeLog('info', destination), close: () => destination.flushSync() };
}

/** The line that the safe logs of each request. */
export function lineOf(requestId: string, plan: FloorPlan, status: number, milliseconds: number, address: string) {
  const ms = Math.round(milliseconds * 100) / 100;
  return { requestId, method: plan.method, route: plan.route, status, ms, address };
}

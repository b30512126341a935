import assert from 'node:assert/strict';
import type { Engine } from '../src/storage/connection.ts';
import { type Answer, startSafe, type TestSafe } from './start-safe.ts';
import { mustBeEnvelope } from './wire-envelopes.ts';

/** A whole server, every answer of whose wire is held against what all of them have. */
export async function startWire(engine: Engine, environment: Record<string, string> = {}): Promise<TestSafe> {
  const safe = await startSafe(engine, environment);
  const call = safe.call;
  safe.call = async (method, path, body, headers) => {
    const answer = await call(method, path, body, headers);
    checkAnswer(method, path, answer);
    return answer;
  };
  return safe;
}

/** Fails on an answer that a client of the wire could not parse. */
export function checkAnswer(method: string, path: string, answer: Answer): void {
  const about = `${method} ${path.slice(0, 200)}: ${answer.status} ${answer.text.slice(0, 500)}`;
  if (method === 'HEAD') assert.equal(answer.text, '', about);
  else if (/^\/(api|iso)\/oauth2\/token(\?|$)/.test(path)) checkTokenAnswer(method, answer, about);
  else if (/^\/(api|iso)\//.test(path)) mustBeEnvelope(answer, about);
}

function checkTokenAnswer(method: string, answer: Answer, about: string): void {
  if (answer.status === 200) {
    // One member more, or a null, and some published client takes the answer for a failure.
    assert.deepEqual(Object.keys(answer.json as object), ['token_type', 'expires_in', 'access_token'], about);
  } else {
    const isRoute = method === 'GET' || method === 'POST';
    mustBeEnvelope(answer, about, isRoute ? ['error', 'error_description'] : []);
  }
}

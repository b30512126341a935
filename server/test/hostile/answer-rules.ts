import assert from 'node:assert/strict';
import type { RawAnswer } from '../raw-socket.ts';
import { mustBeEnvelope } from '../wire-envelopes.ts';

const encryptionFailure = 'Ocorreu um erro ao criptografar o texto';

/** Fails on an answer that breaks the wire's promises, whatever was asked. Gives its text. */
export function mustKeepPromises(method: string, answer: RawAnswer): string {
  const text = answer.body.toString();
  const about = `${answer.status} ${text.slice(0, 300)}`;
  assert.ok(
    answer.interim.every((status) => status === 100),
    `interim ${answer.interim}`,
  );
  if (method === 'HEAD') {
    assert.ok(answer.status < 500, about);
    return text;
  }
  const json = JSON.parse(text) as { access_token?: string; error?: unknown; exception?: { message: string } };
  if (answer.status >= 500) {
    assert.equal(answer.status, 500, about);
    assert.equal(json.exception?.message, encryptionFailure, about);
  }
  if (json.access_token !== undefined) {
    assert.equal(answer.status, 200, about);
    return text;
  }
  const lead = json.error === undefined ? [] : ['error', 'error_description'];
  mustBeEnvelope({ status: answer.status, headers: new Headers([...answer.headers]), text, json }, about, lead);
  return text;
}

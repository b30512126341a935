import assert from 'node:assert/strict';
import { mustConformTo } from '../conform.ts';
import type { RawAnswer } from '../raw-socket.ts';
import { mustBeEnvelope } from '../wire-envelopes.ts';
import type { OddRequest } from './odd-wire.ts';

const encryptionFailure = 'Ocorreu um erro ao criptografar o texto';
/** What tells of the inside: files of ours, lines of a stack, and words of either store. */
const inside = /\.ts:\d|node:internal|node_modules|SQLITE_|SQLSTATE|syntax error at|duplicate key value|\bat \w+ \(/;

/** Fails on an answer that breaks what is promised for every one, whatever was asked. Gives its text. */
export function mustBeBearable({ method, path, operation }: OddRequest, answer: RawAnswer): string {
  const text = answer.body.toString();
  const about = `${answer.status} ${text.slice(0, 300)}`;
  assert.match(answer.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/, about);
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff', about);
  assert.match(answer.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/, about);
  if (answer.status >= 400) assert.doesNotMatch(text, inside);
  if (operation !== null && method === operation.method) {
    assert.ok(answer.status < 500, about);
    const headers = new Headers([...answer.headers]);
    // Of a request that is none the server cannot know what it would have been.
    if (/^application\/json/.test(headers.get('content-type') ?? '') && answer.status === 400) {
      return mustKeepPromises(method, answer);
    }
    mustConformTo(operation, method, path, { status: answer.status, headers, text, json: parsed(text) });
    return text;
  }
  const type = answer.headers.get('content-type') ?? '';
  if (/^\/(api|iso)\/(mysafe|oauth2)\//.test(path)) return mustKeepPromises(method, answer);
  assert.ok(answer.status < 500, about);
  if (answer.status >= 400 && method !== 'HEAD') assert.match(type, /^application\/(problem\+)?json/, about);
  return text;
}

/** The wire's promises. */
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

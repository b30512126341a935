import type { Answer } from './call.ts';
import { compareShape } from './compare-shape.ts';
import type { Difference } from './difference.ts';
import type { Expected } from './envelopes.ts';
import { typeOf } from './shape.ts';

/** What differs between an answer and what it must be, most telling first. */
export function compareAnswer(expected: Expected, answer: Answer): Difference[] {
  const status = compareStatus(expected, answer);
  if (status.length > 0 && isAnotherAnswer(expected, answer)) return status;
  if (answer.json === undefined) {
    return [...status, { sort: 'not JSON', at: 'body', expected: 'JSON', came: mediaOf(answer) }];
  }
  return [
    ...status,
    ...compareHeaders(expected, answer),
    ...compareShape(expected.body, answer.json).map((one) => asTokenMember(expected, one)),
    ...compareSpelling(answer),
  ];
}

function compareStatus({ status, body }: Expected, answer: Answer): Difference[] {
  if (status === answer.status) return [];
  const { location } = answer.headers;
  const said =
    location !== undefined
      ? // Without the query, which may hold what was sent.
        `${answer.status} to ${location.replace(/[?#].*$/s, '')}`
      : answer.json === undefined
        ? `${answer.status} with ${mediaOf(answer)}`
        : withMessage(answer.status, answer.json);
  return [{ sort: 'status', at: 'status', expected: withMessage(status, body), came: said }];
}

function withMessage(status: number, body: unknown): string {
  const message = memberOf(memberOf(body, 'response'), 'message');
  return typeof message === 'string' && message !== '' ? `${status} ${JSON.stringify(message)}` : `${status}`;
}

/** Another status with a body of its own is another answer: its members have nothing to do with the expected ones. */
function isAnotherAnswer({ status, body }: Expected, answer: Answer): boolean {
  const code = memberOf(body, 'code');
  if (code !== undefined) return memberOf(answer.json, 'code') !== code;
  return answer.json === undefined || Math.floor(status / 100) !== Math.floor(answer.status / 100);
}

function compareHeaders({ headers = {} }: Expected, answer: Answer): Difference[] {
  const type = answer.headers['content-type'];
  const wrongType: Difference[] = /^application\/json *(; *charset="?utf-8"?)?$/i.test(type ?? '')
    ? []
    : [{ sort: 'content type', at: 'content-type', expected: 'application/json', came: type ?? 'nothing' }];
  const others = Object.entries(headers).flatMap(([name, wanted]): Difference[] => {
    const came = answer.headers[name] ?? null;
    const fits = wanted instanceof RegExp ? wanted.test(came ?? '') : came === wanted;
    const expected = wanted instanceof RegExp ? wanted.source : (wanted ?? 'nothing');
    return fits ? [] : [{ sort: 'header', at: name, expected, came: came ?? 'nothing' }];
  });
  return [...wrongType, ...others];
}

/** Clients are choosy about the answer that holds a token: a member more, and some see a failure in it. */
function asTokenMember({ isToken }: Expected, one: Difference): Difference {
  return isToken && one.sort === 'added' ? { ...one, sort: 'token member' } : one;
}

function compareSpelling({ text, json }: Answer): Difference[] {
  if (text === JSON.stringify(json)) return [];
  const escapes = text.includes('\\/') ? '"\\/" for "/"' : 'letters escaped';
  const came = text.includes('\\/') || /\\u[0-9a-f]{4}/i.test(text) ? escapes : 'spelled otherwise';
  return [{ sort: 'spelling', at: 'spelling', expected: 'compact JSON that escapes only what it must', came }];
}

function memberOf(value: unknown, name: string): unknown {
  return typeOf(value) === 'object' ? (value as Record<string, unknown>)[name] : undefined;
}

function mediaOf({ headers, text }: Answer): string {
  if (text === '') return 'no body';
  return (headers['content-type'] ?? 'a body without content type').split(';')[0] ?? '';
}

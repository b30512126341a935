import { ArcaError } from './errors.ts';
import type { Received } from './exchange.ts';
import type { Answer } from './method.ts';
import type { Operation } from './operation.ts';
import type { Problem } from './problem.ts';

/** What an operation answered. Throws ArcaError for a refusal, and `answer_unreadable` for what no safe would say. */
export function readAnswer(id: string, one: Operation, received: Received): Answer<unknown> {
  const { status, headers, bytes } = received;
  if (status >= 400) throw problemOf(id, received);
  const answer = { status, etag: headers.get('etag'), requestId: headers.get('x-request-id'), headers };
  if (status === 304 || (status < 300 && one.media === null)) return { ...answer, data: null };
  if (status >= 300) throw unreadable(id, received);
  // A byte order mark belongs to a file, such as a table that a spreadsheet is to open.
  if (one.media !== undefined) return { ...answer, data: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) };
  const data = objectOf(bytes);
  if (data === null) throw unreadable(id, received);
  return { ...answer, data };
}

/** Whether an answer says that the token does not count (any more). */
export function refusesToken({ status, bytes }: Received): boolean {
  return status === 401 && objectOf(bytes)?.code === 'token_invalid';
}

export function problemOf(id: string, received: Received): ArcaError {
  const problem = objectOf(received.bytes) as Problem | null;
  if (typeof problem?.code !== 'string' || problem.status !== received.status) return unreadable(id, received);
  const { code, detail, status, requestId } = problem;
  return new ArcaError(id, code, detail, problem, { status, requestId });
}

/** The JSON object in the bytes, or null. What is there instead is not told: it may be anything. */
export function objectOf(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

export function unreadable(id: string, { status, headers }: Received): ArcaError<'answer_unreadable'> {
  const detail = `What came back (status ${status}) is no answer of a safe. Is the address right, and is a proxy in between?`;
  return new ArcaError(id, 'answer_unreadable', detail, null, { status, requestId: headers.get('x-request-id') });
}

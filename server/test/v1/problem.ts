import assert from 'node:assert/strict';
import type { Answer } from '../start-safe.ts';

/** What tests look at in a problem. */
export type Problem = {
  status: number;
  code: string;
  detail: string;
  requestId: string;
  errors?: { field: string; why: string }[];
  current?: { revision: number; open: Record<string, unknown> | null };
  why?: string;
  retryAfterSeconds?: number;
};

/** Holds an answer to be a refusal with this code, and gives it. */
export function mustRefuse(answer: Answer, status: number, code: string, about = ''): Problem {
  const problem = answer.json as Problem;
  assert.deepEqual([answer.status, problem?.code], [status, code], `${about} ${answer.status} ${answer.text}`);
  assert.equal(problem.requestId, answer.headers.get('x-request-id'));
  return problem;
}

/** Holds a request to be refused for these fields alone. */
export function mustBeInvalid(answer: Answer, fields: readonly string[], about = ''): Problem {
  const problem = answer.json as Problem;
  assert.equal(answer.status, 400, `${about} ${answer.text}`);
  assert.deepEqual(
    problem.errors?.map(({ field }) => field),
    fields,
    `${about} ${answer.text}`,
  );
  return problem;
}

/** The body of a success. */
export function done<T = Record<string, unknown>>(answer: Answer, status = 200): T {
  assert.equal(answer.status, status, answer.text);
  return answer.json as T;
}

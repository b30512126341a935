import type { ProblemCode } from './generated/problems.ts';
import type { Problem, ProblemOf } from './problem.ts';

/**
 * What the client itself says when there is no answer of the safe to go by: it could not be reached, was too slow, the
 * caller's signal ended the call, or what came back was not an answer of a safe (or could not be decrypted).
 */
export type ClientCode = 'network_failed' | 'timed_out' | 'aborted' | 'answer_unreadable';

export type ErrorCode = ProblemCode | ClientCode;

type More = { status?: number | null; requestId?: string | null; cause?: unknown };

/**
 * The one error of this client. Decide by `code`; a safe newer than this client may send codes that are not in the
 * union. Neither message nor members ever hold a secret, a token or what the caller sent.
 */
export class ArcaError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'ArcaError';
  readonly code: C;
  /** What happened and what to do next, in a sentence. */
  readonly detail: string;
  /** The HTTP status, or null without an answer. */
  readonly status: number | null;
  /** Finds the request in the safe's log and audit. */
  readonly requestId: string | null;
  /** The safe's own words, with the members that `code` brings; null where the client itself is speaking. */
  readonly problem: C extends ProblemCode ? ProblemOf<C> : null;

  constructor(operation: string, code: C, detail: string, problem: Problem | null, more: More = {}) {
    super(`${operation}: ${detail} [${code}]`, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.detail = detail;
    this.status = more.status ?? null;
    this.requestId = more.requestId ?? null;
    this.problem = problem as typeof this.problem;
  }
}

/** Whether a caught value is the safe's refusal, with that code when one is told; narrows `error.problem` to it. */
export function isProblem<C extends ProblemCode = ProblemCode>(error: unknown, code?: C): error is ArcaError<C> {
  return error instanceof ArcaError && error.problem !== null && (code === undefined || error.code === code);
}

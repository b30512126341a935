import type { ProblemCode, ProblemMembers } from './generated/problems.ts';

type ToldAlways = {
  /** Leads to the code's place in the safe's reference. */
  type: string;
  title: string;
  status: number;
  /** What happened and what to do next. */
  detail: string;
  /** Finds the request in the safe's log and audit. */
  requestId: string;
};

/** The problem details (RFC 9457) that come with a code. */
export type ProblemOf<C extends ProblemCode> = C extends ProblemCode
  ? ToldAlways & { code: C } & (C extends keyof ProblemMembers ? ProblemMembers[C] : unknown)
  : never;

/** Every problem a safe may tell of: look at `code`, and the compiler knows the members that it brings. */
export type Problem = ProblemOf<ProblemCode>;

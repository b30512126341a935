import { connect } from './client.ts';
import { remember } from './connections.ts';
import type { Api, Item } from './generated/api.ts';
import { operations } from './generated/operations.ts';
import { methodsOf } from './methods.ts';
import { type ArcaOptions, settingsOf } from './options.ts';

export { ArcaError, type ClientCode, type ErrorCode, isProblem } from './errors.ts';
export type * from './generated/api.ts';
export type { ProblemCode } from './generated/problems.ts';
export type { Answer, CallOptions, Conditional, Method, Pages, Read, Repeatable, Unchanged } from './method.ts';
export type { ArcaOptions } from './options.ts';
export type { Problem, ProblemOf } from './problem.ts';

export type Kind = Item['kind'];

/** A client of a safe: a method for each operation, named as the safe's reference names them. */
export type Arca = Api;

/**
 * Makes a client, without calling the safe yet. With `clientId` and `clientSecret` it fetches tokens by itself and
 * renews them; without, in the safe's own pages, it acts by the session's cookie. Throws TypeError for odd options.
 */
export const Arca = class Arca {
  constructor(options: ArcaOptions = {}) {
    const connection = connect(settingsOf(options));
    remember(this, connection);
    Object.assign(this, methodsOf(operations, connection.call));
  }
} as unknown as new (
  options?: ArcaOptions,
) => Arca;

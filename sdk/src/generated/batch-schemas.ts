// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Problem } from '../problem.ts';
import type { ChangedState, Revealed } from './schemas.ts';

export type BatchChanged = {
  /** In the order of the items: what was done with each, or why not. */
  results: Array<{
    /** The kind of an item. */
    kind: 'password' | 'note' | 'api-secret' | 'file';
    /** Counts up within a kind, from 1. */
    number: number;
    result?: ChangedState | undefined;
    problem?: Problem | undefined;
  }>;
};

export type BatchItem = {
  /** The kind of an item. */
  kind: 'password' | 'note' | 'api-secret' | 'file';
  /** Counts up within a kind, from 1. */
  number: number;
  /** Refuse the item if it has another one by now. */
  revision?: number | undefined;
};

export type BatchRevealed = {
  /** In the order of the items: what was done with each, or why not. */
  results: Array<{
    /** The kind of an item. */
    kind: 'password' | 'note' | 'api-secret' | 'file';
    /** Counts up within a kind, from 1. */
    number: number;
    result?: Revealed | undefined;
    problem?: Problem | undefined;
  }>;
};

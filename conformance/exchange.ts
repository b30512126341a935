import type { Answer } from './call.ts';
import type { Difference } from './difference.ts';
import type { Expected } from './envelopes.ts';

export const groupNames = ['tokens', 'routes', 'password', 'note', 'secretapi', 'alias', 'credentials'] as const;
type GroupName = (typeof groupNames)[number];

/** What must be asked for before an exchange is played. */
export type Need = 'write' | 'reveal' | 'query-credentials' | 'additions';

/** A request, its path below the prefix, such as `/mysafe/note`. It carries the token of the run unless told otherwise. */
export type Request = {
  method: string;
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
  /** Without the token of the run. */
  anonymous?: true;
  /** Below the other prefix, or below none. */
  below?: 'other' | 'none';
};

/** Why an exchange cannot be played. */
export type Skip = { skip: string };

export type Entry = Readonly<Record<string, unknown>>;

/** What is known while the exchanges are played. */
export type Known = {
  clientId: string;
  clientSecret: string;
  token: string;
  /** Marks what this run makes and asks for, such as `arca-conformance-1f0c9a2b`. */
  mark: string;
  /** The lists without filter, by the wire's name of the kind. */
  lists: Map<string, readonly Entry[]>;
};

/** One request and what must come back. Those that are about an item get its identifier. */
export type Exchange = {
  id: string;
  group: GroupName;
  /** Versions of the vendor's documentation that print it; null: none does, and docs/reference/mysafe-api.md says it. */
  source: string | null;
  needs?: Need;
  /** The exchange whose item this one is about; it must have been played with success. */
  after?: string;
  ask: (known: Known, identifier: string) => Request | Skip;
  expected: Expected | ((known: Known, identifier: string) => Expected);
  /** What no shape can say, once the answer has its shape. */
  check?: (answer: Answer, known: Known, identifier: string) => Difference[];
  learn?: (answer: Answer, known: Known) => void;
};

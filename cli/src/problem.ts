/** How a command ends; docs/reference/command.md tells the same. */
export const exitCodes = {
  ok: 0,
  /** Refused by the safe, or failed. */
  refused: 1,
  /** The command line makes no sense. */
  usage: 2,
  /** Settings, root key or store keep the safe from being opened or reached. */
  unreachable: 3,
  /** `audit verify` found the audit changed. */
  auditBroken: 4,
  /** Ended by Ctrl-C at a question, or while a file is on its way: 128 and the signal's number, as a shell counts. */
  interrupted: 130,
  /** The reader of the output closed it: 128 and SIGPIPE's number. */
  pipeClosed: 141,
} as const;

export type Ending = keyof typeof exitCodes;

/** Why the command ends, in one sentence for the operator; an empty one says nothing. */
export class Problem extends Error {
  readonly ending: Ending;

  constructor(ending: Ending, sentence: string) {
    super(sentence);
    this.name = 'Problem';
    this.ending = ending;
  }
}

/** A program that `arca run` started ended so: its exit code is the command's. A sentence tells why there was none to start. */
export class ChildEnded extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, sentence = '') {
    super(sentence);
    this.name = 'ChildEnded';
    this.exitCode = exitCode;
  }
}

/**
 * Holds back who wants a token while enough others wait for the signature of theirs: the signatures take all there is of
 * the processor, so a token that is recorded earlier leaves no earlier. Those held back are then recorded in one
 * transaction in place of one each.
 */
export type SigningLine = {
  /** Waits until another signature is wanted. Everybody who waits is let in at once: the pump has its turns for them. */
  enter(): Promise<void>;
  /** Signs, counted until it is done. */
  sign<T>(work: () => Promise<T>): Promise<T>;
};

/** The thread pool works on these while the next ones are recorded. */
const enough = 16;

export function startSigningLine(): SigningLine {
  let signing = 0;
  const waiting: (() => void)[] = [];
  return {
    async enter() {
      if (signing > enough) await new Promise<void>((resume) => waiting.push(resume));
    },
    async sign(work) {
      signing += 1;
      try {
        return await work();
      } finally {
        signing -= 1;
        if (signing <= enough) for (const resume of waiting.splice(0)) resume();
      }
    },
  };
}

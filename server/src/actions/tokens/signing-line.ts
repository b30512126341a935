/**
 * The order in which tokens are recorded and signed where more are wanted than the processor can sign: signatures take all
 * there is of it, so what is done for a token any earlier than its signature begins gains nobody anything.
 */
export type SigningLine = {
  /**
   * Waits until another signature is wanted. Everybody who waits is let in at once, and all of them are recorded in one
   * transaction in place of one each: the pump has its turns for them.
   */
  enter(): Promise<void>;
  /** Signs when it is its turn, counted until it is done. */
  sign<T>(work: () => Promise<T>): Promise<T>;
};

/** Signatures that the thread pool works on, and has next: a sync of the store waits behind no more of them. */
const atOnce = 8;
/** While more are wanted nobody else is let in. */
const enough = 16;
/**
 * While more are wanted so many answers leave together, some milliseconds later than each by itself: whoever is answered
 * takes a core from a signature for a moment, and asks again.
 */
const together = 16;

export function startSigningLine(): SigningLine {
  let wanted = 0;
  let running = 0;
  const outside: (() => void)[] = [];
  const queued: (() => void)[] = [];
  const done: (() => void)[] = [];

  const letGo = (some: (() => void)[]): void => {
    for (const resume of some.splice(0)) resume();
  };

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running < atOnce) running += 1;
    else await new Promise<void>((resume) => queued.push(resume));
    try {
      return await work();
    } finally {
      // The place goes straight to the next in line.
      const next = queued.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return {
    async enter() {
      if (wanted > enough) await new Promise<void>((resume) => outside.push(resume));
    },
    async sign(work) {
      wanted += 1;
      try {
        return await inTurn(work);
      } finally {
        wanted -= 1;
        const areMany = wanted > enough;
        if (!areMany) letGo(outside);
        if (areMany && done.length + 1 < together) await new Promise<void>((resume) => done.push(resume));
        else letGo(done);
      }
    },
  };
}

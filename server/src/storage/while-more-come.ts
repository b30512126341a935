/**
 * Lets the event loop turn once, and on as long as more have come with each turn: until a time (`performance.now()`), or
 * until they are enough.
 */
export async function whileMoreCome(
  come: () => number,
  until: number,
  areEnough: () => boolean = () => false,
): Promise<void> {
  let before: number;
  do {
    before = come();
    await new Promise<void>((resume) => setImmediate(resume));
  } while (come() > before && !areEnough() && performance.now() < until);
}

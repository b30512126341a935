/** Tells the job whose search may come next, without either knowing the other. */
export type SearchWish = { expect(userId: number): void; onExpected(listener: (userId: number) => void): void };

export function startSearchWish(): SearchWish {
  let listener = (_userId: number) => {};
  return {
    expect: (userId) => listener(userId),
    onExpected(heard) {
      listener = heard;
    },
  };
}

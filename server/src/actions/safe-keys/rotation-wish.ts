/** Tells the job that a rotation was begun, without either knowing the other. */
export type RotationWish = { made(): void; onMade(listener: () => void): void };

export function startRotationWish(): RotationWish {
  let listener = () => {};
  return {
    made: () => listener(),
    onMade(heard) {
      listener = heard;
    },
  };
}

/** Tells the job that an import is to be worked at, without either knowing the other. */
export type ImportWish = { made(): void; onMade(listener: () => void): void };

export function startImportWish(): ImportWish {
  let listener = () => {};
  return {
    made: () => listener(),
    onMade(heard) {
      listener = heard;
    },
  };
}

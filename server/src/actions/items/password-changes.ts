/** Tells a job that a password was saved, without either knowing the other. */
export type PasswordChanges = { changed(): void; onChange(listener: () => void): void };

export function startPasswordChanges(): PasswordChanges {
  let listener = () => {};
  return {
    changed: () => listener(),
    onChange(heard) {
      listener = heard;
    },
  };
}

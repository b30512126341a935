const words: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is no folder',
  EACCES: 'this account may not read it',
};

/** Why a file cannot be read, in words where the system's code has some. */
export function fileTrouble(thrown: unknown): string {
  const code = String((thrown as NodeJS.ErrnoException).code ?? 'an unknown error');
  return words[code] ?? code;
}

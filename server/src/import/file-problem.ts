/** A file that cannot be read as what it is said to be. The message is for whoever sent it, and names no content. */
export class FileProblem extends Error {
  override name = 'FileProblem';
}

/** Records of one file at the most. */
export const mostRecords = 100_000;

export function mustNotBeMore(count: number): void {
  if (count > mostRecords) throw new FileProblem(`has more than ${mostRecords} records`);
}

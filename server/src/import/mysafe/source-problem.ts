/** Another safe that cannot be read. The message is a sentence for whoever named it, without a piece of its answers. */
export class SourceProblem extends Error {
  override name = 'SourceProblem';
}

/** It answered with another status than success. */
export class SourceAnswered extends SourceProblem {
  readonly status: number;

  constructor(status: number) {
    super(
      status === 401 || status === 403
        ? 'It does not accept the access key from here'
        : `It answers with the status ${status}`,
    );
    this.status = status;
  }
}

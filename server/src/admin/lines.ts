/**
 * The lines of a stream of bytes or text, ended by LF alone: node's readline also splits at U+2028 and U+2029, which
 * JSON writes as they are. An unended last line counts; an empty one after the last LF does not.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const [first = '', ...others] = textOf(decoder, chunk).split('\n');
    rest += first;
    for (const other of others) {
      yield rest;
      rest = other;
    }
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

function textOf(decoder: TextDecoder, chunk: Uint8Array | string): string {
  return typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
}

import { Transform } from 'node:stream';

const stars = '********';
/** What is shorter would hide half of what is told, and nothing that could not be guessed. */
const shortest = 4;

/**
 * A stream that puts stars in place of each of these texts, also where it comes in pieces. It waits with a piece's end
 * only while that could begin one of them. Line by line for texts of several lines, as programs print them apart.
 */
export function maskOf(secrets: readonly string[]): Transform {
  const lines = secrets.flatMap((secret) => [secret, ...secret.split(/\r?\n/)]);
  // As latin1 each byte is one character, so that nothing is cut in the middle of one.
  const bytes = lines.filter((line) => line.length >= shortest).map((line) => Buffer.from(line).toString('latin1'));
  const wanted = [...new Set(bytes)].sort((one, other) => other.length - one.length);
  let held = '';

  /** What can be told of the text by now; keeps the rest. */
  const told = (text: string, isLast: boolean): string => {
    let out = '';
    let at = 0;
    while (at < text.length) {
      const longest = wanted.find((one) => text.startsWith(one, at));
      const rest = text.length - at;
      const mayGrow = !isLast && wanted.some((one) => one.length > rest && one.startsWith(text.slice(at)));
      if (mayGrow) break;
      out += longest === undefined ? text[at] : stars;
      at += longest?.length ?? 1;
    }
    held = text.slice(at);
    return out;
  };
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) =>
      done(null, Buffer.from(told(held + chunk.toString('latin1'), false), 'latin1')),
    flush: (done) => done(null, Buffer.from(told(held, true), 'latin1')),
  });
}

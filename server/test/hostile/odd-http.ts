import type { Chance } from './chance.ts';
import { oddTexts } from './odd-values.ts';

/** The path as it is, or with a trick that routers and proxies have fallen for. */
export function bendPath(chance: Chance, path: string): string {
  switch (chance.below(80)) {
    case 0:
      return `/${path}`;
    case 1:
      return `${path}/`;
    case 2:
      return path.toUpperCase();
    case 3:
      return path.replace('password', '%70assword');
    case 4:
      return path.replaceAll('/', chance.pick(['//', '/./', '/../', '%2F', '\\']));
    case 5:
      return `${path}${chance.pick(['%', '%00', '#x', ';a=b', '?', '??', '.json', '%2e%2e/x'])}`;
    case 6:
      return `http://other.example${path}`;
    case 7:
      return path.replace(
        '/api/',
        chance.pick(['/API/', '/api/../api/', '/iso/iso/', '/', '/api;x/', '/api%2F', '/%61pi/']),
      );
    case 8:
      return path.replace(/[^/]+$/, chance.pick(['%2e%2e', '..', '.', '%2e', '..;', '%252e%252e', 'x'.repeat(12_000)]));
    case 9:
      return path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
    default:
      return path;
  }
}

/** Header lines that say little, too much, or what the server might believe. */
export function oddHeaders(chance: Chance): string[] {
  const odd = (text: string) => text.replaceAll(/[\r\n\0]/g, ' ').slice(0, 2000);
  const lines: string[] = [];
  const some = [
    () => `X-Justification: ${odd(chance.pick(oddTexts))}`,
    () => `X-Forwarded-For: ${chance.pick(['1.2.3.4', '::1', 'x', '1.2.3.4, 5.6.7.8', '999.1.1.1'])}`,
    () => `Referer: ${chance.pick(['http://a', '//', 'javascript:1', odd(chance.pick(oddTexts))])}`,
    () => `Accept: ${chance.pick(['*/*', 'application/xml', 'text/html;q=0', ''])}`,
    () => `Accept-Version: ${chance.pick(['1.0.0', '*', 'x'])}`,
    () => `Content-Encoding: ${chance.pick(['gzip', 'br', 'identity', 'x'])}`,
    () => `Expect: ${chance.pick(['100-continue', '200-ok', ''])}`,
    () => `Connection: ${chance.pick(['keep-alive', 'upgrade', 'x', 'keep-alive, upgrade'])}`,
    () => `Upgrade: ${chance.pick(['websocket', 'h2c', 'x'])}`,
    () => `Client-Cert: ${chance.pick([':AAAA:', '%zz', 'a'.repeat(64)])}`,
    () => `X-HTTP-Method-Override: DELETE`,
    () => `Cookie: ${'a=b; '.repeat(chance.below(100))}`,
    () => `If-None-Match: *`,
    () => `Range: bytes=0-1`,
    () => `X-Request-Id: ${odd(chance.pick(oddTexts))}`,
    () =>
      `X-Odd: ${chance
        .bytes(50)
        .toString('latin1')
        .replaceAll(/[\r\n\0]/g, ' ')}`,
    () => `X-Long: ${'y'.repeat(chance.pick([1000, 8000, 20_000]))}`,
  ];
  while (chance.onceIn(4)) lines.push(chance.pick(some)());
  if (chance.onceIn(60)) lines.push(...Array.from({ length: 2500 }, (_, at) => `X-${at}: 1`));
  return lines;
}

/** Tells where a body ends: by its length, or in chunks of any size. */
export function frame(chance: Chance, body: Buffer): { framing: string[]; content: Buffer } {
  if (!chance.onceIn(5)) return { framing: [`Content-Length: ${body.length}`], content: body };
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const length = 1 + chance.below(chance.pick([3, 1000, 100_000]));
    const chunk = body.subarray(at, at + length);
    chunks.push(
      Buffer.from(`${chunk.length.toString(16)}${chance.onceIn(5) ? ';ext=1' : ''}\r\n`),
      chunk,
      Buffer.from('\r\n'),
    );
    at += length;
    // Thousands of chunks of a byte each say no more than some.
    if (chunks.length > 3000) {
      const rest = body.subarray(at);
      if (rest.length > 0) chunks.push(Buffer.from(`${rest.length.toString(16)}\r\n`), rest, Buffer.from('\r\n'));
      break;
    }
  }
  chunks.push(Buffer.from(chance.onceIn(5) ? '0\r\nX-Trailer: 1\r\n\r\n' : '0\r\n\r\n'));
  return { framing: ['Transfer-Encoding: chunked'], content: Buffer.concat(chunks) };
}

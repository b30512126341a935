import { stringify } from 'csv-stringify/sync';

const pieceLength = 64 * 1024;

/** Values as JSON, one a line, in pieces worth sending. */
export async function* linesOf(values: AsyncIterable<unknown>): AsyncGenerator<string> {
  let piece = '';
  for await (const value of values) {
    piece += `${JSON.stringify(value)}\n`;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

export type CsvEntry = {
  id: string;
  at: Date;
  event: string;
  user: string | null;
  accessKey: { clientId: string } | null;
  target: string | null;
  address: string | null;
  requestId: string;
  details: object;
};

const columns = ['id', 'at', 'event', 'user', 'accessKey', 'target', 'address', 'requestId', 'details'];

/** Slices of entries as CSV (RFC 4180) for spreadsheets, which take a cell for a formula unless it is escaped. */
export async function* csvOf(slices: AsyncIterable<readonly CsvEntry[]>): AsyncGenerator<string> {
  let isFirst = true;
  for await (const entries of slices) {
    const rows = entries.map(({ at, accessKey, details, ...entry }) => ({
      ...entry,
      at: at.toISOString(),
      accessKey: accessKey?.clientId,
      details: JSON.stringify(details),
    }));
    const options = { columns, escape_formulas: true, record_delimiter: 'windows' } as const;
    yield stringify(rows, { ...options, header: isFirst, bom: isFirst });
    isFirst = false;
  }
}

/**
 * An answer that leaves piece by piece as a file of that name. Its first piece is made before, so that what is refused is
 * refused as a problem; what fails later breaks the connection, and never ends it as if all were there.
 */
export async function streamed(media: string, name: string, pieces: AsyncGenerator<string>): Promise<Response> {
  const first = await pieces.next();
  async function* bytes() {
    const encoder = new TextEncoder();
    if (!first.done) yield encoder.encode(first.value);
    for await (const piece of pieces) yield encoder.encode(piece);
  }
  const headers = { 'content-type': media, 'content-disposition': `attachment; filename="${name}"` };
  return new Response(ReadableStream.from(bytes()), { headers });
}

import { Busboy } from '@fastify/busboy';
import { Refusal } from '../domain/errors.ts';

/** A request body's fields by name, still of any type. Fields of a form are texts, and some stand for arrays. */
export type Body = { form: 'json' | 'form'; fields: Readonly<Record<string, unknown>> };

/**
 * Reads a body as what it is, not only as what it calls itself: clients of the wire send forms under a JSON content
 * type, JSON under a form's, and both without any. Gives a refusal rather than throwing, since other checks come first.
 */
export async function readBody(bytes: Buffer, contentType: string | undefined): Promise<Body | Refusal> {
  const { media, charset } = mediaOf(contentType);
  if (media === 'multipart/form-data') return readMultipart(bytes, contentType ?? '');
  const text = decode(bytes, charset);
  if (text === null) return unreadable();
  const trimmed = text.trim();
  if (trimmed === '') return { form: 'json', fields: {} };
  if (/^[[{]/.test(trimmed)) {
    const json = parseJson(trimmed);
    // A form whose first name begins with a bracket is none that we know, so it is worth reading as JSON first.
    if (json !== undefined) return { form: 'json', fields: isRecord(json) ? json : {} };
    return media === 'application/x-www-form-urlencoded' ? readForm(text, charset) : unreadable();
  }
  const isForm = media === 'application/x-www-form-urlencoded' || /^[^\s="{}<>]+=/.test(trimmed);
  if (isForm) return readForm(trimmed, charset);
  const scalar = parseJson(trimmed);
  return scalar === undefined ? unreadable() : { form: 'json', fields: {} };
}

function unreadable(): Refusal {
  return new Refusal('body_unreadable', {});
}

function mediaOf(contentType: string | undefined): { media: string; charset: string } {
  const [media = '', ...parameters] = (contentType ?? '').split(';').map((part) => part.trim());
  const charset = parameters
    .find((one) => /^charset=/i.test(one))
    ?.slice('charset='.length)
    .replaceAll('"', '');
  return { media: media.toLowerCase(), charset: charset || 'utf-8' };
}

// To make one takes longer than to read a short body with it.
const utf8 = new TextDecoder('utf-8', { fatal: true });
const isUtf8 = (charset: string): boolean => /^utf-?8$/i.test(charset);
const utf8Part = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text without its byte order mark; null when the bytes are none in that charset, or nobody knows it. */
function decode(bytes: Buffer, charset: string): string | null {
  try {
    return (isUtf8(charset) ? utf8 : new TextDecoder(charset, { fatal: true })).decode(bytes);
  } catch {
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names and values of a form. Bytes behind its percent signs that are no text are refused: a secret must not change. */
function readForm(text: string, charset: string): Body | Refusal {
  const decoder = isUtf8(charset) ? utf8Part : new TextDecoder(charset, { fatal: true, ignoreBOM: true });
  const plain = (part: string): string =>
    part
      .replaceAll('+', ' ')
      .replace(/(?:%[0-9a-f]{2})+/gi, (run) => decoder.decode(Buffer.from(run.replaceAll('%', ''), 'hex')));
  const pairs = text.split('&').filter((pair) => pair !== '');
  try {
    const fields = pairs.map((pair) => {
      const [name = ''] = pair.split('=', 1);
      return [plain(name), plain(pair.slice(name.length + 1))];
    });
    return { form: 'form', fields: Object.fromEntries(fields) };
  } catch {
    return unreadable();
  }
}

/** Two sharing arrays of the longest, cell by cell, and room for the other fields. */
const mostParts = 5000;

/** The text fields of a multipart body; files are passed over. */
function readMultipart(bytes: Buffer, contentType: string): Promise<Body | Refusal> {
  return new Promise((resolve) => {
    const fields = new Map<string, string>();
    let broken = false;
    try {
      const parser = new Busboy({
        headers: { 'content-type': contentType },
        limits: { fields: mostParts, parts: mostParts, fieldSize: bytes.length + 1, fieldNameSize: 200 },
      });
      parser.on('field', (name: string, value: string) => {
        // Busboy puts this in place of bytes that are no text.
        if (value.includes('\uFFFD') && !bytes.includes('\uFFFD')) broken = true;
        fields.set(name, value);
      });
      parser.on('file', (_name: string, stream: NodeJS.ReadableStream) => {
        // A file that is cut short says so on its own stream, and unheard it would end the process.
        stream.on('error', () => resolve(unreadable()));
        stream.resume();
      });
      parser.on('partsLimit', () => {
        broken = true;
      });
      parser.on('fieldsLimit', () => {
        broken = true;
      });
      parser.on('error', () => resolve(unreadable()));
      parser.on('finish', () => resolve(broken ? unreadable() : { form: 'form', fields: Object.fromEntries(fields) }));
      parser.end(bytes);
    } catch {
      resolve(unreadable());
    }
  });
}

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
    return media === 'application/x-www-form-urlencoded' ? readForm(text) : unreadable();
  }
  if (media === 'application/x-www-form-urlencoded' || /^[^\s="{}[\]<>]+(\[[^\s="]*\])*=/.test(trimmed))
    return readForm(trimmed);
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

function decode(bytes: Buffer, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
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

function readForm(text: string): Body {
  return { form: 'form', fields: Object.fromEntries(new URLSearchParams(text)) };
}

const mostParts = 2000;

/** The text fields of a multipart body; files are passed over. */
function readMultipart(bytes: Buffer, contentType: string): Promise<Body | Refusal> {
  return new Promise((resolve) => {
    const fields = new Map<string, string>();
    let cut = false;
    try {
      const parser = new Busboy({
        headers: { 'content-type': contentType },
        limits: { fields: mostParts, parts: mostParts, fieldSize: bytes.length + 1, fieldNameSize: 200 },
      });
      parser.on('field', (name: string, value: string) => {
        fields.set(name, value);
      });
      parser.on('file', (_name: string, stream: NodeJS.ReadableStream) => {
        stream.resume();
      });
      parser.on('partsLimit', () => {
        cut = true;
      });
      parser.on('fieldsLimit', () => {
        cut = true;
      });
      parser.on('error', () => resolve(unreadable()));
      parser.on('finish', () => resolve(cut ? unreadable() : { form: 'form', fields: Object.fromEntries(fields) }));
      parser.end(bytes);
    } catch {
      resolve(unreadable());
    }
  });
}

import { refuse } from './errors.ts';
import { codePoints, isBlank } from './text.ts';

/** A part of a file's content: a blob of its own, under a key of its own (base64). */
export type FilePart = { blob: string; key: string; length: number };
/** The content of one version of a file: its parts, in their order. */
export type FileContent = { size: number; parts: readonly FilePart[] };

/** Content on its way into the safe, until an item takes it. Only who began it goes on with it. */
export type Upload = {
  id: string;
  userId: number;
  size: number;
  fileName: string;
  mediaType: string;
  createdAt: Date;
};

/** Bytes: of one file; of all that one user brought; of all that all did. */
export type FileLimits = { perFile: number; perUser: number; inAll: number };

export const mebibyte = 1024 * 1024;
/** A part is as long as this or longer, the last one aside: a content has no more parts than its item can name. */
export const leastPart = 1024 * 1024;
/** Uploads that one user may have under way. */
const mostUploads = 20;
/** An upload that nothing was added to for so long is given up. */
export const uploadMilliseconds = 24 * 3_600_000;

/** Checks what is told of a content before its bytes come. */
export function readUploadWish(
  wish: { size: number; fileName: string; mediaType: string },
  limits: Pick<FileLimits, 'perFile'>,
) {
  const { size } = wish;
  if (size > limits.perFile) refuse('file_too_large', { limit: limits.perFile });
  return { size, fileName: readFileName(wish.fileName), mediaType: readMediaType(wish.mediaType) };
}

/** A name that every system can save: the last part of a path, without control characters. */
function readFileName(text: string): string {
  const invalid = (why: string): never => refuse('field_invalid', { field: 'fileName', why });
  if (!text.isWellFormed()) invalid('holds half a character (a lone surrogate)');
  const name = text
    .replace(/^.*[/\\]/s, '')
    // Control characters, and marks that turn the direction of what follows: they make a name look like another.
    .replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
  if (isBlank(name) || name === '.' || name === '..') invalid('must be a name');
  if (codePoints(name) > 255) invalid('longer than 255 characters');
  return name;
}

const mediaTypeForm = /^[a-z0-9][\w.+!#$&^-]{0,100}\/[a-z0-9][\w.+!#$&^-]{0,100}$/i;

/** `type/subtype` without parameters; what is none counts as plain bytes. */
function readMediaType(text: string): string {
  const [type = ''] = text.split(';');
  return mediaTypeForm.test(type.trim()) ? type.trim().toLowerCase() : 'application/octet-stream';
}

/** Refuses a part that does not follow what is there, or is too short or too long. */
export function mustFollow(upload: Upload, stored: number, part: { offset: number; length: number }): void {
  if (part.offset !== stored) refuse('upload_offset_wrong', { offset: stored });
  const left = upload.size - stored;
  const invalid = (why: string): never => refuse('field_invalid', { field: 'Content-Length', why });
  if (part.length === 0) invalid('a part without bytes');
  if (part.length > left) invalid(`longer than the ${left} bytes that are missing`);
  if (part.length < leastPart && part.length < left) invalid(`shorter than ${leastPart} bytes, and not the last part`);
}

/** Refuses another upload of that size, by what counts already. */
export function mustHaveRoom(
  size: number,
  used: { byUser: number; inAll: number; uploads: number },
  limits: FileLimits,
): void {
  if (used.uploads >= mostUploads) refuse('quota_reached', { of: 'uploads', limit: mostUploads });
  if (used.byUser + size > limits.perUser) refuse('quota_reached', { of: 'user', limit: limits.perUser });
  if (used.inAll + size > limits.inAll) refuse('quota_reached', { of: 'safe', limit: limits.inAll });
}

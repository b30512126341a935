import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Answer } from '../start-safe.ts';
import { done } from '../v1/problem.ts';

type Caller = { call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> };

export const mebibyte = 1024 * 1024;

/** Begins an upload of a content. */
export async function begin(
  by: Caller,
  content: Uint8Array,
  fileName = 'plan.bin',
  mediaType?: string,
): Promise<string> {
  const wish = { size: content.length, fileName, ...(mediaType === undefined ? {} : { mediaType }) };
  return done<{ id: string }>(await by.call('POST', '/api/v1/uploads', wish), 201).id;
}

/** Sends one part of it. */
export function sendPart(
  by: Caller,
  id: string,
  content: Uint8Array,
  from: number,
  to = content.length,
): Promise<Answer> {
  return by.call('PUT', `/api/v1/uploads/${id}/parts/${from}`, content.subarray(from, to));
}

/** A whole upload, in parts of that size. */
export async function upload(
  by: Caller,
  content: Uint8Array,
  partSize = mebibyte,
  fileName?: string,
  mediaType?: string,
) {
  const id = await begin(by, content, fileName, mediaType);
  for (let at = 0; at < content.length; at += partSize) {
    done(await sendPart(by, id, content, at, Math.min(at + partSize, content.length)));
  }
  return id;
}

/** A file of that content; gives its number. */
export async function makeFile(by: Caller, content: Uint8Array, name = 'plan', more: object = {}): Promise<number> {
  const id = await upload(by, content);
  return done<{ number: number }>(await by.call('POST', '/api/v1/items/file', { name, upload: id, ...more }), 201)
    .number;
}

/** Downloads, byte for byte. */
export async function download(
  url: string,
  by: { headers: Record<string, string> },
  number: number,
  more: { query?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
  const path = `${url}/api/v1/items/file/${number}/content${more.query ?? ''}`;
  const response = await fetch(path, { headers: { ...by.headers, ...more.headers } });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

export function mustEqual(got: Buffer, wanted: Uint8Array, about = ''): void {
  assert.ok(got.equals(wanted), `${about}: ${got.length} bytes, and not the ${wanted.length} that were wanted`);
}

export const someBytes = (length: number): Buffer => randomBytes(length);

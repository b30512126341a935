/** An ISO 8601 time to the second, which is still ISO 8601; empty for none. */
export function instant(iso: string | null): string {
  return iso === null ? '' : iso.replace(/\.\d+Z$/, 'Z');
}

/** An http or https address of an origin, with a path if wanted; null when the text is none. */
export function readReferer(text: string): { origin: string; path: string | null } | null {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  return { origin: url.origin, path: url.pathname === '/' ? null : url.pathname };
}

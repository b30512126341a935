/**
 * The address as a link that may be followed, or null: only http and https with a host become links, so that nothing
 * which somebody saved as an address (such as `javascript:`) ever runs.
 */
export function safeLink(text: string): string | null {
  const url = URL.parse(text.trim());
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '' ? url.href : null;
}

/** Opens a saved address in a new tab that knows nothing of this one. False when it is no address to follow. */
export function openLink(text: string): boolean {
  const href = safeLink(text);
  if (href === null) return false;
  window.open(href, '_blank', 'noopener,noreferrer');
  return true;
}

/** A site is named to administrators only when passwords of so many people are for it: fewer would name somebody. */
export const leastPeople = 3;

/** The host that a saved URL leads to, in lower case and without `www.`; null where it is none of the web. */
export function siteOf(url: string): string | null {
  const text = url.trim();
  const parsed = URL.parse(/^[a-z][a-z\d+.-]*:/i.test(text) && !/^[^/]+:\d/.test(text) ? text : `https://${text}`);
  if (text === '' || parsed === null || !/^https?:$/.test(parsed.protocol)) return null;
  return parsed.hostname.replace(/^www\./, '') || null;
}

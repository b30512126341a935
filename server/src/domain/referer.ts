import { refuse } from './errors.ts';

/** Checks a list of allowed referers: http(s) URLs of an origin and, if wanted, a path. */
export function readRefererRules(texts: readonly string[]): string[] {
  return texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => {
      if (webUrl(text) === null) {
        refuse('field_invalid', {
          field: 'referers',
          why: `'${text}' must be a URL such as https://app.example.com/portal`,
        });
      }
      return text;
    });
}

/**
 * Compares origin and whole path segments: `https://a.example/portal` allows `/portal` and `/portal/x`, not
 * `/portals`. An absent or unreadable referer fails a list that is not empty. A habit of browsers, not a boundary.
 */
export function refererAllowed(rules: readonly string[], referer: string | null): boolean {
  if (rules.length === 0) return true;
  const sent = referer === null ? null : webUrl(referer);
  if (sent === null) return false;
  return rules.some((rule) => {
    const allowed = webUrl(rule);
    return allowed !== null && allowed.origin === sent.origin && segmentsStart(segments(sent), segments(allowed));
  });
}

function webUrl(text: string): URL | null {
  const url = URL.parse(text);
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url : null;
}

function segments(url: URL): string[] {
  return url.pathname.split('/').filter((segment) => segment !== '');
}

function segmentsStart(path: readonly string[], start: readonly string[]): boolean {
  return start.every((segment, at) => path[at] === segment);
}

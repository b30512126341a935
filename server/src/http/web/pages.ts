import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Where `npm run build` puts the screens. */
export const builtPages = join(import.meta.dirname, '../../../../web/dist');

/**
 * What the screens may do in a browser: scripts, styles, fonts and calls of this origin alone, no inline script, no page
 * of another site around them. The two hashes are style elements that React Aria puts into a page (web/policy.ts).
 */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=' 'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const yearSeconds = 31_536_000;

/** Whether a path nobody serves is one of the screens': the app in the browser knows which. */
export type Pages = { answers(request: FastifyRequest): boolean; send(reply: FastifyReply): FastifyReply };

/** Serves the built screens from a folder; null where there are none. */
export function servePages(app: FastifyInstance, folder: string): Pages | null {
  const start = join(folder, 'index.html');
  if (!existsSync(start)) return null;
  const page = readFileSync(start);
  // Files have their content's hash in their names: a browser asks once. What else is there is not for browsers.
  app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    wildcard: false,
    index: false,
    decorateReply: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply) => {
      reply.header('cache-control', `public, max-age=${yearSeconds}, immutable`);
    },
  });
  return {
    answers(request) {
      const [path = ''] = request.url.split('?', 1);
      // Deeper down a dot is no file's: usernames have them, as in /admin/users/maria.reis.
      const isOurs = !/^\/(api|iso|docs|assets|\.well-known)(\/|$)/.test(path) && !/^\/[^/]*\.\w+$/.test(path);
      return request.method === 'GET' && isOurs && (request.headers.accept ?? '').includes('text/html');
    },
    send: (reply) =>
      reply
        .headers({ 'content-security-policy': pagePolicy, 'cache-control': 'no-cache' })
        .type('text/html; charset=utf-8')
        .send(page),
  };
}

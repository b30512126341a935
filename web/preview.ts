// Serves a build under exactly the policy of the app. For tests, for pictures, and for looking:
//   npm run preview -w web                  the app, as `npm run build -w web` left it
//   npm run preview -w web -- --gallery     the gallery, after `npm run gallery -w web`

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { policy } from './policy.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

export const galleryFolder = join(import.meta.dirname, '../.cache/web-gallery');
export const appFolder = join(import.meta.dirname, 'dist');

export type Preview = { url: string; stop: () => Promise<void> };

/** On 127.0.0.1; port 0 takes a free one. A path without a file gets the page, as the server does it. */
export async function startPreview(folder: string, port = 0): Promise<Preview> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://preview').pathname);
    const file = extname(path) === '' ? '/index.html' : path;
    readFile(join(folder, file)).then(
      (content) => {
        response.writeHead(200, {
          'content-type': types[extname(file)] ?? 'application/octet-stream',
          'content-security-policy': policy,
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
        });
        response.end(content);
      },
      () => response.writeHead(404).end(),
    );
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

if (import.meta.main) {
  const { url } = await startPreview(process.argv.includes('--gallery') ? galleryFolder : appFolder, 8090);
  process.stdout.write(`${url}\n`);
}

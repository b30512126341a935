import { buildApp } from '../../src/http/app.ts';
import type { TestSafe } from '../start-safe.ts';

/** Every route of the wire that the server of this safe registers below a prefix, such as `GET /api/mysafe/note/:identifier`. */
export async function wireRoutes(safe: TestSafe, prefix: string): Promise<string[]> {
  const app = buildApp(safe.serving.safe, safe.settings);
  const routes: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    const isWire = ['oauth2/', 'mysafe/'].some((part) => url.startsWith(prefix + part));
    if (isWire) routes.push(...[method].flat().map((one) => `${one} ${url}`));
  });
  await app.ready();
  await app.close();
  return routes.sort();
}

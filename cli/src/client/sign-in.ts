import { Arca, type KeyCredentials, type NewAccessKey } from '../../../sdk/src/arca.ts';
import { userAgent } from './connect.ts';

export type Proof = { username: string; password: string; code?: string };

/**
 * Signs a person in, makes an access key in his name, and signs out again: his password is needed this once and kept
 * nowhere. Throws ArcaError, with `second_factor_required` where a code is needed too.
 */
export async function makeKeyByHand(url: string, proof: Proof, key: NewAccessKey): Promise<KeyCredentials> {
  const arca = new Arca({ url, userAgent, fetch: fetchWithSession(url), retries: 0 });
  await arca.session.start(proof);
  try {
    return await arca.accessKeys.add(key);
  } finally {
    // A session that could not be ended ends by itself within the hour.
    await arca.session.end().catch(() => undefined);
  }
}

/** What a browser does for the safe's own pages: it says which origin the call comes from, and keeps the session's cookie. */
function fetchWithSession(url: string): typeof globalThis.fetch {
  let cookie = '';
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('origin', new URL(url).origin);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await fetch(input, { ...init, headers });
    const set = response.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
    if (set.length > 0) cookie = set.join('; ');
    return response;
  };
}

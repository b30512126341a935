import type { Served } from '../served.ts';

/** Who must be served whatever comes: a valid token with a note, and a person with a device that the safe knows. */
export type Flooded = {
  url: string /** Authorization of the valid token, and of one whose calls are refused. */;
  valid: string;
  stranger: string;
  device: string;
};

export type Answer = { status: number; text: string; cookies: string[] };

const password = 'seven wooden boats 41';

export async function call(
  url: string,
  method: string,
  path: string,
  body: object | null = null,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await fetch(url + path, {
    method,
    headers: { ...(body === null ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === null ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, text: await answer.text(), cookies: answer.headers.getSetCookie() };
}

export async function makeFlooded({ url, operator }: Served): Promise<Flooded> {
  const tokens: string[] = [];
  for (const username of ['ana', 'mallory']) {
    await operator.run('user.add', { username, password });
    const { clientId, clientSecret } = await operator.run('access-key.add', { owner: username, name: 'drill' });
    const grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const { text } = await call(url, 'POST', '/api/oauth2/token', grant);
    tokens.push(`Bearer ${(JSON.parse(text) as { access_token: string }).access_token}`);
  }
  const [valid = '', stranger = ''] = tokens;
  const note = { name: 'door code', note: 'two zero, twice the year' };
  const made = await call(url, 'POST', '/api/mysafe/note', note, { authorization: valid });
  if (made.status !== 201) throw new Error(`no note could be made: ${made.text}`);
  const { cookies } = await call(url, 'POST', '/api/v1/session', { username: 'ana', password });
  const device = cookies.find((cookie) => cookie.startsWith('__Host-arca_device='))?.split(';')[0];
  if (device === undefined) throw new Error('the device was not made known');
  return { url, valid, stranger, device };
}

export async function reveal({ url, valid }: Flooded): Promise<{ status: number; milliseconds: number }> {
  const began = performance.now();
  const { status } = await call(url, 'GET', '/api/mysafe/note/1', null, { authorization: valid });
  return { status, milliseconds: performance.now() - began };
}

/** Ana, from the browser that she signed in with before. */
export async function signInAtHome({ url, device }: Flooded): Promise<number> {
  return (await call(url, 'POST', '/api/v1/session', { username: 'ana', password }, { cookie: device })).status;
}

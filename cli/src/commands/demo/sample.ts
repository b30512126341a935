import type { Operator } from '../../../../server/src/admin/operate.ts';

const seed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const people = [
  { username: 'ana', name: 'Ana Example', role: 'admin' },
  { username: 'bruno', name: 'Bruno Example', role: 'member' },
  { username: 'carla', name: 'Carla Example', role: 'member' },
];

/** By kind as the API calls it. Every value is made up, and says so. */
const items = {
  password: [
    {
      name: 'Intranet',
      username: 'ana',
      password: 'not-a-real-one-1',
      url: 'https://intranet.example',
      secret_key: seed,
    },
    { name: 'Bank', username: 'finance', password: 'not-a-real-one-2', groups_allowed: [{ name: 'Finance' }] },
    { name: 'Printer', username: 'office', password: 'not-a-real-one-3', users_allowed: [{ username: 'carla' }] },
  ],
  note: [
    { name: 'Alarm', note: 'Not a real code: 0000', groups_allowed: [{ name: 'Finance', can_edit: true }] },
    { name: 'Guest network', note: 'Not a real one: guests-welcome', tags: 'office' },
  ],
  secretapi: [
    {
      name: 'Weather',
      url: 'https://weather.example/v1',
      client_id: 'demo',
      client_secret: 'not-a-real-one-4',
      identifier_code: 'weather',
    },
  ],
};

export type Sample = { clientId: string; clientSecret: string; nextPassword: number };

/** Fills an empty safe with people, a group, an access key of ana's and, over the API with that key, items. */
export async function fillWithSamples(operator: Operator, url: string): Promise<Sample> {
  const password = 'for the demo only';
  for (const { role, ...person } of people) {
    if (role === 'admin') await operator.run('setup', { ...person, password });
    else await operator.run('user.add', { ...person, role, password });
  }
  await operator.run('group.add', { name: 'Finance', members: ['bruno', 'carla'] });
  const key = await operator.run('access-key.add', { owner: 'ana', name: 'Demo' });
  const authorization = `Bearer ${await tokenOf(url, key)}`;
  for (const [kind, drafts] of Object.entries(items)) {
    for (const draft of drafts) await post(`${url}/api/mysafe/${kind}`, { authorization }, draft);
  }
  return { ...key, nextPassword: items.password.length + 1 };
}

async function tokenOf(url: string, { clientId, clientSecret }: { clientId: string; clientSecret: string }) {
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  const answer = await post(`${url}/api/oauth2/token`, { authorization }, { grant_type: 'client_credentials' });
  return (answer as { access_token: string }).access_token;
}

async function post(url: string, headers: Record<string, string>, body: object): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the demo's own safe answered ${response.status} to ${url}`);
  return response.json();
}

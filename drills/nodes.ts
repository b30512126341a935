// npm run drill:nodes: three nodes behind a real balancer under mixed load. One is killed and comes back, PostgreSQL is
// restarted, a key is revoked. docs/operate/drills.md says what must hold.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startThreeNodes, type ThreeNodes } from '../server/test/nodes/three-nodes.ts';
import { anyPassword } from '../server/test/start-safe.ts';

const path = '/api/mysafe/password';
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } });
const quarter = (Number(values.seconds) * 1000) / 4;

if (!hasHaproxy()) {
  console.error('There is no haproxy here, and it could not be installed: as root, apt-get install haproxy.');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'arca-drill-'));
const three = await startThreeNodes({ ARCA_TRUSTED_PROXIES: '127.0.0.1' });
let balancer: ChildProcess | null = null;
try {
  const port = await freePort();
  balancer = startBalancer(port);
  process.exitCode = (await drill(`http://127.0.0.1:${port}`)) ? 0 : 1;
} finally {
  balancer?.kill();
  await three.remove();
  rmSync(folder, { recursive: true, force: true });
}

function hasHaproxy(): boolean {
  const answers = () => spawnSync('haproxy', ['-v'], { stdio: 'ignore' }).status === 0;
  if (answers()) return true;
  if (process.getuid?.() !== 0) return false;
  spawnSync('apt-get', ['install', '--yes', '--no-install-recommends', 'haproxy'], { stdio: 'inherit' });
  return answers();
}

/** Round robin without sticky sessions; asks each node every half second whether it is ready, and repeats no request. */
function startBalancer(port: number): ChildProcess {
  const servers = three.nodes.map(({ url }, at) => `  server node${at} ${new URL(url).host} check`);
  const file = join(folder, 'haproxy.cfg');
  const lines = `
defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
  timeout check 10s
  option forwardfor
  option redispatch
listen arca
  bind 127.0.0.1:${port}
  balance roundrobin
  option httpchk GET /readyz
  default-server inter 500ms fall 1 rise 1
${servers.join('\n')}
`;
  writeFileSync(file, lines);
  return spawn('haproxy', ['-db', '-f', file], { stdio: ['ignore', 'ignore', 'inherit'] });
}

type Tally = { answers: Map<string, number>; acknowledged: string[] };

async function drill(url: string): Promise<boolean> {
  const operator = operatorOf(three, 0);
  await operator.run('user.add', { username: 'ana', password: anyPassword });
  const key = await operator.run('access-key.add', { owner: 'ana', name: 'drill' });
  const grant = { grant_type: 'client_credentials', client_id: key.clientId, client_secret: key.clientSecret };
  const send = async (method: string, rest: string, token: string | null, body?: object) => {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (token !== null) headers.authorization = `Bearer ${token}`;
    const answer = await fetch(url + rest, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    return { status: answer.status, text: await answer.text() };
  };
  const tokenOf = async () =>
    (JSON.parse((await send('POST', '/api/oauth2/token', null, grant)).text) as { access_token: string }).access_token;
  await untilOk(() => send('GET', '/readyz', null));
  const token = await tokenOf();

  const { answers, acknowledged }: Tally = { answers: new Map(), acknowledged: [] };
  let phase = 'calm';
  let running = true;
  const work = async (worker: number) => {
    for (let count = 0; running; count += 1) {
      const from = phase;
      const known = acknowledged[count % Math.max(1, acknowledged.length)];
      const turn = count % 4;
      const what = known === undefined || turn === 0 ? 'create' : (['read', 'list', 'token'][turn - 1] ?? 'read');
      let status = 0;
      try {
        const draft = { name: `w${worker} ${count}`, username: 'u', password: 'p' };
        const answer =
          what === 'create'
            ? await send('POST', path, token, draft)
            : what === 'read'
              ? await send('GET', `${path}/${known}`, token)
              : what === 'list'
                ? await send('GET', `${path}?limit=20`, token)
                : await send('POST', '/api/oauth2/token', null, grant);
        status = answer.status;
        if (status === 201) {
          const made = JSON.parse(answer.text) as { password_entity: { identifier: string } };
          acknowledged.push(made.password_entity.identifier);
        }
      } catch {
        // The balancer closed the connection.
      }
      const row = `${from === phase ? phase : `${from}, ${phase}`} | ${what} | ${status}`;
      answers.set(row, (answers.get(row) ?? 0) + 1);
      if (status === 0 || status >= 500) await sleep(50);
    }
  };
  const workers = Promise.all(Array.from({ length: 8 }, (_, at) => work(at)));
  await sleep(quarter);
  phase = 'node killed';
  const port = new URL(three.nodes[2]?.url ?? '').port;
  await three.nodes[2]?.kill();
  await sleep(quarter);
  phase = 'database restarted';
  await three.cluster.stop();
  await three.cluster.start();
  await untilOk(() => send('GET', '/readyz', null));
  await sleep(quarter);
  phase = 'all back';
  three.nodes[2] = await three.start(2, { ARCA_PORT: port });
  await sleep(quarter);
  running = false;
  await workers;

  for (const [row, count] of [...answers].sort()) console.log(`${row} | ${count}`);
  const problems: string[] = [];
  for (const row of answers.keys()) {
    const [when = '', , status = ''] = row.split(' | ');
    const isFine = status === '200' || status === '201';
    const mayFail = /killed|restarted/.test(when) && (status === '0' || /^50[234]$/.test(status));
    if (!isFine && !mayFail) problems.push(row);
  }
  await untilOk(() => send('GET', '/readyz', null));
  const listed = (await send('GET', path, token)).text;
  const lost = acknowledged.filter((number) => !listed.includes(`"identifier":"${number}"`));
  if (lost.length > 0) problems.push(`${lost.length} acknowledged items are lost`);
  await operator.run('access-key.revoke', { clientId: key.clientId });
  for (let count = 0; count < 6; count += 1) {
    const { status } = await send('GET', path, token);
    if (status !== 401) problems.push(`a revoked key was answered ${status}`);
  }
  const { problems: broken } = await operator.run('audit.verify', { state: true });
  problems.push(...broken.map((one) => JSON.stringify(one)));
  console.log(`${acknowledged.length} items were acknowledged, ${lost.length} of them lost`);
  for (const one of problems) console.error(`must not be: ${one}`);
  return problems.length === 0;
}

function operatorOf({ nodes }: ThreeNodes, node: number) {
  const server = nodes[node];
  if (!server) throw new Error('no such node');
  return server.operator;
}

async function untilOk(ask: () => Promise<{ status: number }>): Promise<void> {
  for (;;) {
    const status = await ask().then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    await sleep(100);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

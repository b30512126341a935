import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { type ChildServer, startChildServer } from '../child-server.ts';
import { startCluster } from '../postgres-cluster.ts';

export type Told = { status: number; text: string; json: unknown; headers: Headers };
type Call = (
  node: number,
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Told>;

/** Three servers in processes of their own, started at once on an empty PostgreSQL of their own. */
export async function startThreeNodes(settings: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'arca-test-'));
  const rootKey = join(folder, 'test-root.key');
  writeFileSync(rootKey, randomBytes(32).toString('base64'), { mode: 0o600 });
  const cluster = await startCluster();
  const recipient = await identityToRecipient(await generateIdentity());
  const environmentOf = (node: number) => ({
    ARCA_DATA_DIR: join(folder, `node-${node}`),
    ARCA_DATABASE_URL: cluster.url,
    ARCA_ROOT_KEY_FILE: rootKey,
    ARCA_NODES: '3',
    ARCA_BACKUP_DIR: join(folder, 'backups'),
    ARCA_BACKUP_RECIPIENTS: recipient,
    ...settings,
  });
  const start = (node: number, more: Record<string, string> = {}) =>
    startChildServer({ ...environmentOf(node), ...more });
  const started = await Promise.allSettled([0, 1, 2].map((node) => start(node)));
  const nodes: ChildServer[] = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const remove = async () => {
    for (const node of nodes) await node.kill();
    await cluster.remove();
    rmSync(folder, { recursive: true, force: true });
  };
  for (const one of started) {
    if (one.status === 'fulfilled') continue;
    await remove();
    throw one.reason;
  }
  const call: Call = async (node, method, path, body, headers = {}) => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await fetch(`${nodes[node]?.url}${path}`, {
      method,
      headers: { ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      // Not every answer is JSON.
    }
    return { status: answer.status, text, json: parsed, headers: answer.headers };
  };
  return {
    nodes,
    cluster,
    call,
    start,
    /** The token of the link that a node printed for the first administrator. */
    setUpToken: (node: number) =>
      readFileSync(join(environmentOf(node).ARCA_DATA_DIR, 'set-up-link'), 'utf8')
        .trim()
        .split('#')[1] ?? '',
    remove,
  };
}

export type ThreeNodes = Awaited<ReturnType<typeof startThreeNodes>>;

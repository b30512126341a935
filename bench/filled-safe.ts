import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { submit } from '../server/src/actions/act.ts';
import { createItem } from '../server/src/actions/items/create.ts';
import type { Context, Safe } from '../server/src/actions/safe.ts';
import { systemContext } from '../server/src/actions/system-context.ts';
import { operate } from '../server/src/admin/operate.ts';
import { makeLog } from '../server/src/main.ts';
import { openSafe } from '../server/src/open-safe.ts';
import { readSettings } from '../server/src/settings.ts';
import { saveStrength } from '../server/src/storage/strengths.ts';

/** Where a filled safe lies, and the credentials of the key that owns its items. */
export type FilledSafe = {
  /** Settings for a process that serves it. */
  environment: Record<string, string>;
  clientId: string;
  clientSecret: string;
  items: number;
};

const atOnce = 2000;
/** Of each of its people: `owner`, `reader` and the administrator `keeper`. */
export const password = 'seven wooden boats 41';

/**
 * Makes a safe with so many passwords of one owner, through the same actions that serve requests. All of them were judged,
 * as in any safe that is older than some minutes: else its judge would take a core of what is measured.
 */
export async function fillSafe(folder: string, databaseUrl: string | null, items: number): Promise<FilledSafe> {
  mkdirSync(folder, { recursive: true });
  const environment = {
    ARCA_DATA_DIR: join(folder, 'data'),
    ARCA_PORT: '0',
    ARCA_LOG_LEVEL: 'info',
    ARCA_ROOT_KEY: randomBytes(32).toString('base64'),
    ...(databaseUrl === null ? {} : { ARCA_DATABASE_URL: databaseUrl }),
  };
  const settings = readSettings({ ...environment, ARCA_BATCH: '1000', ARCA_STORE_TIMEOUT: '300' });
  const { safe, close } = await openSafe(settings, { log: makeLog('warn') });
  try {
    const operator = operate(safe, 'bench');
    for (const username of ['owner', 'reader']) await operator.run('user.add', { username, password });
    await operator.run('user.add', { username: 'keeper', password, role: 'admin' });
    await operator.run('group.add', { name: 'readers', members: ['reader'] });
    const credentials = await operator.run('access-key.add', { owner: 'owner', name: 'bench' });
    const ctx = contextOf(safe, credentials.clientId);
    for (let from = 1; from <= items; from += atOnce) {
      const numbers = Array.from({ length: Math.min(atOnce, items + 1 - from) }, (_, at) => from + at);
      const creations = numbers.map((number) =>
        createItem(ctx, { kind: 'password', draft: { fields: draftOf(number) }, revealing: [] }),
      );
      await Promise.all(creations);
      await judge(safe, numbers);
    }
    return { environment, ...credentials, items };
  } finally {
    await close();
  }
}

/** What is random and this long is among the best, whoever judges it. */
function judge(safe: Safe, numbers: readonly number[]): Promise<void> {
  const known = { caller: null, account: '' };
  return submit(systemContext(safe), { action: 'safe.tend', target: null }, known, async (tx) => {
    for (const number of numbers) await saveStrength(tx, number, 1, 'best');
  });
}

export function contextOf(safe: Safe, clientId: string): Context {
  return {
    safe,
    credential: { kind: 'token', clientId, issuedAt: new Date() },
    origin: { address: '127.0.0.1', referer: null, fingerprint: null },
    justification: null,
    repeat: null,
    requestId: randomUUID(),
  };
}

/** A password as people keep them. Every fourth has a seed for codes, and every fourth is shared with a group. */
function draftOf(number: number) {
  return {
    name: `Server ${number} of the second data centre`,
    username: `svc-deploy-${number}`,
    password: randomBytes(18).toString('base64url'),
    url: `https://host-${number}.example.com:8443/sign-in`,
    notes: 'Rotated by the platform team. Ask in the operations channel before you change it.',
    tags: ['servers', number % 2 === 0 ? 'production' : 'staging'],
    ...(number % 4 === 0 ? { totp: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' } : {}),
    ...(number % 4 === 1 ? { groups: [{ name: 'readers', canEdit: false }] } : {}),
  };
}

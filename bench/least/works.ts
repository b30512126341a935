import { createHmac, generateKeyPairSync, randomBytes, sign, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { type LeastStore, opened, prepared, sealed } from './store.ts';

/** Does what a request asks for. A text is the answer's body; undefined is the answer that the safe gave. */
export type LeastWork = (request: FastifyRequest) => Promise<string | undefined>;

const items = 1000;
const macKey = randomBytes(32);
const wrapping = randomBytes(32);
const open = JSON.stringify({
  name: 'Server 100001 of the second data centre',
  username: 'svc-deploy-100001',
  url: 'https://host-100001.example.com:8443/sign-in',
  tags: ['servers', 'production'],
});
const secret = JSON.stringify({ password: 'correct horse 100001', notes: 'Rotated by the platform team. Ask first.' });

const tables = `
  create table items (number bigint primary key, owner_id bigint not null, version bigint not null, revision bigint not null,
    disabled_at bigint, created_at bigint not null, updated_at bigint not null, mac blob not null);
  create index by_owner on items (owner_id, number);
  create index items_by_time on items (created_at, disabled_at);
  create table versions (number bigint not null, version bigint not null, wrapped_key blob not null, open blob not null,
    secret blob not null, created_at bigint not null, primary key (number, version));
  create table words (number bigint not null, field text not null, tag blob not null, primary key (number, field, tag))
    without rowid`;

export const leastWorks: Readonly<Record<string, (store: LeastStore) => LeastWork>> = {
  read: (store) => {
    const { insert, find } = itemsOf(store, items);
    const keys = new Map(Array.from({ length: items }, (_, at) => [at + 1, insert(at + 1)]));
    return async ({ params, id }) => {
      const number = Number((params as { identifier: string }).identifier);
      return await store.run(() => {
        const row = find.get(number) as unknown as [number, Uint8Array];
        // Its key was unwrapped before and is in mind.
        JSON.parse(opened(keys.get(number) as Buffer, row[1]));
        store.record('item.revealed', `password/${number}`, id, { address: '127.0.0.1', version: row[0] });
        return undefined;
      });
    };
  },

  disable: (store) => {
    const { insert, find } = itemsOf(store, items);
    for (let at = 1; at <= items; at += 1) insert(at);
    const update = store.database.prepare(
      'update items set disabled_at = ?, revision = revision + 1, updated_at = ?, mac = ? where number = ?',
    );
    return async ({ params, id }) => {
      const { verb, identifier } = params as { verb: string; identifier: string };
      return await store.run(() => {
        find.get(Number(identifier));
        const now = Date.now();
        update.run(verb === 'inactive' ? now : null, now, macOf(`${identifier} ${verb} ${now}`), Number(identifier));
        store.record(`item.${verb}`, `password/${identifier}`, id, { address: '127.0.0.1' });
        return undefined;
      });
    };
  },

  create: (store) => {
    const { insert } = itemsOf(store, 0);
    let number = 0;
    return async ({ id }) =>
      await store.run(() => {
        number += 1;
        insert(number);
        store.record('item.created', `password/${number}`, id, { address: '127.0.0.1' });
        return undefined;
      });
  },

  token: (store) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const header = Buffer.from(JSON.stringify({ typ: 'JWT', alg: 'RS256', kid: randomBytes(8).toString('hex') }));
    store.database.exec('create table keys (client_id text primary key, secret blob not null)');
    const find = prepared(store.database, 'select secret from keys where client_id = ?');
    const insert = store.database.prepare('insert into keys values (?, ?)');
    return async ({ body, id }) => {
      const form = body as URLSearchParams;
      const client = form.get('client_id') ?? '';
      const given = Buffer.from(form.get('client_secret') ?? '');
      const claims = await store.run(() => {
        let row = find.get(client) as unknown as [Uint8Array] | undefined;
        // Whoever asks first is the one it knows.
        if (!row) {
          insert.run(client, given);
          row = [given];
        }
        if (!timingSafeEqual(row[0], given)) throw new Error('another secret');
        const token = randomBytes(40).toString('hex');
        store.record('token.issued', '', id, { address: '127.0.0.1', token, seconds: 3600 });
        const iat = Math.floor(Date.now() / 1000);
        return { aud: client, jti: token, iat, nbf: iat, exp: iat + 3600, sub: '1', scopes: [] };
      });
      const payload = Buffer.from(JSON.stringify(claims));
      const signed = `${header.toString('base64url')}.${payload.toString('base64url')}`;
      const signature = await new Promise<Buffer>((resolve, reject) => {
        sign('sha256', Buffer.from(signed), privateKey, (error, bytes) => (error ? reject(error) : resolve(bytes)));
      });
      const access_token = `${signed}.${signature.toString('base64url')}`;
      return JSON.stringify({ token_type: 'Bearer', expires_in: 3600, access_token });
    };
  },
};

function itemsOf(store: LeastStore, searched: number) {
  const { database } = store;
  database.exec(tables);
  const item = database.prepare('insert into items values (?, 1, 1, 1, null, ?, ?, ?)');
  const version = database.prepare('insert into versions values (?, 1, ?, ?, ?, ?)');
  const word = database.prepare("insert into words values (?, 'name', ?)");
  return {
    /** An item with a key of its own, wrapped; its open and its secret part sealed; a MAC of its row; one word. */
    insert(number: number): Buffer {
      const now = Date.now();
      const key = randomBytes(32);
      item.run(number, now, now, macOf(`${number} 1 1 1 ${now}`));
      version.run(number, sealed(wrapping, key), sealed(key, open), sealed(key, secret), now);
      if (searched === 0) word.run(number, macOf(open));
      return key;
    },
    find: prepared(
      database,
      `select items.version, versions.secret from items join versions
       on versions.number = items.number and versions.version = items.version where items.number = ?`,
    ),
  };
}

function macOf(text: string): Buffer {
  return createHmac('sha256', macKey).update(text).digest();
}
